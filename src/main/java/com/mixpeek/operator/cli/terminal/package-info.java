/** Terminals and the text that is shown on them; knows nothing of resources. */
package com.mixpeek.operator.cli.terminal;
