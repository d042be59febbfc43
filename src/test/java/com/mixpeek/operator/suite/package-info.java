/** What the operator does, seen from outside: the same on the embedded server and on a real one. */
package com.mixpeek.operator.suite;
