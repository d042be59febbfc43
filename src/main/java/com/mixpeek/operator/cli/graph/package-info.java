/**
 * The lineage of collections and taxonomies: what was made of what by which clone and what reads
 * what, as text, Mermaid, DOT, SVG or a page. It is handed what it draws and asks no cluster.
 */
package com.mixpeek.operator.cli.graph;
