/**
 * How what a clone makes differs from its source, and what has drifted since, as text, JSON or
 * Markdown. It asks no cluster.
 */
package com.mixpeek.operator.cli.diff;
