/**
 * What the specs may hold, field by field: the CRDs are written from these classes. They are never
 * filled at run time, and so hold no behaviour.
 */
package com.mixpeek.operator.api.schema;
