/**
 * What the reconcilers stand on: caches, locks, writes, leadership and back-off. It knows nothing
 * of clones, and decides nothing about a resource.
 */
package com.mixpeek.operator.cluster;
