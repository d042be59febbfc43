/**
 * Which ID a Collection or Taxonomy has, what its references by name are resolved to, and who is
 * first where two want one name or ID. Pure: no client, clock, chance or logger, and nothing of
 * clones.
 */
package com.mixpeek.operator.catalog;
