/**
 * What the clones among some manifests come to, decided by the operator's own functions. It has no
 * rules of its own about clones, prints nothing, and asks a cluster only through what it is handed.
 */
package com.mixpeek.operator.cli.plan;
