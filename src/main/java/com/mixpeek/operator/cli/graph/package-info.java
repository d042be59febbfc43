/**
 * The lineage of collections and taxonomies: what was made of what by which clone and what reads
 * what, as text, Mermaid, DOT, SVG or a page. It asks a cluster only through what it is handed.
 */
package com.mixpeek.operator.cli.graph;
