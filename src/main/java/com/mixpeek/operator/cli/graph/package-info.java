/**
 * The lineage of collections and taxonomies: what was made of what by which clone, what reads what,
 * found in manifests or a cluster, and written as text, Mermaid, DOT, SVG or a page.
 */
package com.mixpeek.operator.cli.graph;
