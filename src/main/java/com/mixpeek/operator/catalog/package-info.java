/**
 * Which ID a Collection or Taxonomy has, what its references by name are resolved to, and when
 * something is made at Mixpeek. Pure: no client, clock, chance or logger, and nothing of clones.
 */
package com.mixpeek.operator.catalog;
