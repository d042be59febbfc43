/** What the operator tells of itself: health, metrics, and its contact with the API server. */
package com.mixpeek.operator.telemetry;
