/** The servers that the suites and the demo run on, and what lets a test count and cut requests. */
package com.mixpeek.operator.testing;
