/**
 * The command line {@code kubectl-mixpeek}: a class a command, each of which reads options and
 * prints. It knows what is pure, never writes to a cluster, and the operator does not know it.
 */
package com.mixpeek.operator.cli;
