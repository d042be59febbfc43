/** What a user writes and reads: the four kinds, their statuses and the closed set of reasons. */
package com.mixpeek.operator.api;
