/** What the cluster of the current context has and reports; it is only read. */
package com.mixpeek.operator.cli.cluster;
