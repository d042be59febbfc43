/**
 * What clones wait for, as rows, tables and frames of text. It asks a cluster only through what it
 * is handed, and draws on no terminal.
 */
package com.mixpeek.operator.cli.status;
