/**
 * The Mixpeek API over HTTP: what can be asked, what an answer means, and how many requests a
 * minute may be sent. It decides nothing about a resource, and logs nothing.
 */
package com.mixpeek.operator.remote;
