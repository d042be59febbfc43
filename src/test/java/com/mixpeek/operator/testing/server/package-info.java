/**
 * The servers that tests and the demo run on, the operators that they run against them, and what
 * records and fails an operator's requests.
 */
package com.mixpeek.operator.testing.server;
