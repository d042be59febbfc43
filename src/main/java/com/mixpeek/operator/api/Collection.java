package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.mixpeek.operator.api.schema.CollectionSpec;
import io.fabric8.crd.generator.annotation.SchemaSwap;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A processing pipeline: where data comes from, which extractor runs, what is enriched. */
@Group("mixpeek.com")
@Version("v1alpha1")
@Kind("Collection")
@Plural("collections")
@ShortNames("coll")
@JsonClassDescription(
    "A processing pipeline: where data comes from, which extractor runs, what is enriched.")
@SchemaSwap(originalType = Collection.class, fieldName = "spec", targetType = CollectionSpec.class)
public class Collection extends CatalogResource<CollectionStatus> {}
