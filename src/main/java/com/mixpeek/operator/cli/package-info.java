/** The command line {@code kubectl-mixpeek}: shows what clones make, before they make it. */
package com.mixpeek.operator.cli;
