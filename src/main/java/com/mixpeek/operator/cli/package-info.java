/**
 * The command line {@code kubectl-mixpeek}: a class a command, each of which reads options and
 * prints. It knows what is pure and how the Mixpeek API is asked, writes neither to a cluster nor
 * there, and the operator does not know it.
 */
package com.mixpeek.operator.cli;
