/**
 * The clones of a whole lineage: which resources hang together, and what each copy must override to
 * point at the other copies.
 */
package com.mixpeek.operator.cli.fork;
