/** Follows the clones of a cluster, on a terminal or in lines. */
package com.mixpeek.operator.cli.status.live;
