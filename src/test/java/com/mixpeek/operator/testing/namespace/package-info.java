/**
 * A namespace on any server, with an operator and the words to make, change and await resources.
 */
package com.mixpeek.operator.testing.namespace;
