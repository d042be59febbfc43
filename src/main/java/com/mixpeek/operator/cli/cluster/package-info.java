/**
 * What the cluster of the current context has, and how it is doing. It is only read, and what comes
 * of it is not decided here.
 */
package com.mixpeek.operator.cli.cluster;
