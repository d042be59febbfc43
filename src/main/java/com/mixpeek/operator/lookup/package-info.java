/**
 * How resources are found and who comes first: one set of keys for caches, files and waiting
 * clones.
 */
package com.mixpeek.operator.lookup;
