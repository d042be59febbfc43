/**
 * What {@code make bench} measures: the operator as a process of its own, beside a bare loop that
 * sends the same requests. Nothing here judges; figures are compared within one run.
 */
package com.mixpeek.operator.bench;
