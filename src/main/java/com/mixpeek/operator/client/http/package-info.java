/**
 * fabric8's HTTP client by Apache HttpClient, which writes in the thread that waits for the answer:
 * the JDK's client passes each request through several threads, at three times the CPU time. Lists
 * share a few threads, and watches, for which nobody waits, have one together.
 */
package com.mixpeek.operator.client.http;
