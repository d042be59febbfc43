/**
 * The client for the API server, which keeps little of what it reads, and why a request failed, in
 * the words that the operator and the command line both use.
 */
package com.mixpeek.operator.client;
