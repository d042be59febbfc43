/**
 * Random sequences of what people, the network and the API server do, against a model of the
 * contract that says what must hold once things have settled.
 */
package com.mixpeek.operator.faults.soak;
