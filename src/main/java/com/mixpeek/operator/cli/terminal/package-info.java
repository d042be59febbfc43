/** Terminals, and text made fit to be shown on them. It knows nothing of resources. */
package com.mixpeek.operator.cli.terminal;
