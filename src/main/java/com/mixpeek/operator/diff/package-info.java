/** How two specs differ: field by field, and as text. */
package com.mixpeek.operator.diff;
