/**
 * What the operator tells of itself: health, metrics, log, and its contact with the API server. It
 * knows none of the kinds.
 */
package com.mixpeek.operator.telemetry;
