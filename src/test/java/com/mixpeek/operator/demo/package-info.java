/**
 * {@code make demo}: the examples of {@code deploy/examples}, cloned before one's eyes, and with
 * {@code REMOTE=1} Mixpeek as the catalog.
 */
package com.mixpeek.operator.demo;
