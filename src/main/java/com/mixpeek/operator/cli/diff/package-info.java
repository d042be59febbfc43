/**
 * How what a clone makes differs from its source, and what has drifted since, as text, JSON or
 * Markdown. It asks a cluster only through what it is handed.
 */
package com.mixpeek.operator.cli.diff;
