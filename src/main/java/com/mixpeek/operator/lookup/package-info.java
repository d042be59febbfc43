/**
 * How resources are found and who comes first: one set of keys for caches, files and waiting
 * clones. Pure, and without any knowledge of where resources are kept.
 */
package com.mixpeek.operator.lookup;
