/**
 * Follows the clones of a cluster, on a terminal or in lines. What it prints is laid out in the
 * package above.
 */
package com.mixpeek.operator.cli.status.live;
