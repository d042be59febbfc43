/**
 * What a real API server and the network before it can do to the operator, done on purpose: each
 * fault at each request, random sequences of them, objects that cannot be read, and bad input.
 */
package com.mixpeek.operator.faults;
