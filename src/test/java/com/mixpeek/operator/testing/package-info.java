/**
 * The servers that tests and the demo run on, and what records and fails an operator's requests.
 */
package com.mixpeek.operator.testing;
