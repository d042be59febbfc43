/**
 * What a user writes and reads: the five kinds, their specs, statuses and conditions, and the
 * closed set of reasons. Data and questions to it only: no client, no clock, and nothing of the
 * other packages.
 */
package com.mixpeek.operator.api;
