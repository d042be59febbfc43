/** What the clones among some manifests come to, decided by the operator's own functions. */
package com.mixpeek.operator.cli.plan;
