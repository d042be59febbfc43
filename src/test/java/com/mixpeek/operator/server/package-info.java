/** What only a real API server shows: schema, kubectl, garbage collection, policies, restarts. */
package com.mixpeek.operator.server;
