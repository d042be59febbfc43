/** What the operator and the command line both say of requests to the API server. */
package com.mixpeek.operator.client;
