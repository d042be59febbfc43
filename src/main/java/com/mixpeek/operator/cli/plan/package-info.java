/**
 * What the clones among some manifests come to, decided by the operator's own functions. It has no
 * rules of its own about clones, prints nothing and asks no cluster.
 */
package com.mixpeek.operator.cli.plan;
