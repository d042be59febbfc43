/**
 * What touches the cluster: one cache a kind, who is woken by what, status writes, events, retries.
 */
package com.mixpeek.operator.cluster;
