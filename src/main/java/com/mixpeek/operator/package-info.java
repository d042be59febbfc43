/** The operator's entry, settings and wiring. */
package com.mixpeek.operator;
