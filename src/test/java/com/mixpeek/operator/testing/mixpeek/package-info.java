/**
 * A Mixpeek API in memory, held against the API's own description, that fails when it is told to.
 */
package com.mixpeek.operator.testing.mixpeek;
