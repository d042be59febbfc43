/**
 * What clones wait for, as rows, tables and frames of text. It knows neither a cluster nor a
 * terminal.
 */
package com.mixpeek.operator.cli.status;
