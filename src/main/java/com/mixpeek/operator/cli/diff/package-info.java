/** What {@code kubectl-mixpeek diff} shows of each clone, and as what. */
package com.mixpeek.operator.cli.diff;
