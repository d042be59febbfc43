/**
 * What clones wait for, as rows, tables and frames of text. It asks no cluster and draws on no
 * terminal.
 */
package com.mixpeek.operator.cli.status;
