/**
 * fabric8's HTTP client by Apache HttpClient, which reads and writes in the thread that waits for
 * the answer: the JDK's client passes each request through several threads, at three times the CPU
 * time. Watches, for which nobody waits, have one thread together.
 */
package com.mixpeek.operator.client.http;
