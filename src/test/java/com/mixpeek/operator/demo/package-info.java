/** {@code make demo}: the examples of {@code deploy/examples}, cloned before one's eyes. */
package com.mixpeek.operator.demo;
