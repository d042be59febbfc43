/** What the specs may hold, field by field: read by the CRD writer, never filled at run time. */
package com.mixpeek.operator.api.schema;
