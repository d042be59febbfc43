/**
 * Writes the CRDs from the API classes while the project is built. Nothing knows it, and it is in
 * no jar.
 */
package com.mixpeek.operator.crd;
