/**
 * What acts: the reconcilers, and what they write, record and wake. Decisions are made in the
 * packages of clones and of the catalog, not here.
 */
package com.mixpeek.operator.controller;
