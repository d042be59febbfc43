package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.clone.Verdict;

/**
 * What becomes of one clone.
 *
 * @param order the clone
 * @param verdict {@link Verdict.Create} where it makes something, else why not
 * @param made what it makes, as the cluster would have it a moment later; null where it makes
 *     nothing
 */
public record Step<C extends CloneResource<?>, R extends CatalogResource<?>>(
    Entry<C> order, Verdict<R> verdict, R made) {}
