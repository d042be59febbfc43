/** The operator's entry, settings and wiring. Nothing here decides what becomes of a resource. */
package com.mixpeek.operator;
