/** Writes the CRDs from the API classes while the project is built; not part of the jar. */
package com.mixpeek.operator.crd;
