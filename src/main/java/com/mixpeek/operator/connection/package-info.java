/** The Connections that there are, whether they work, and what is sent through them. */
package com.mixpeek.operator.connection;
