package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.mixpeek.operator.api.schema.CollectionSpec;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crd.generator.annotation.SchemaSwap;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

@Group("mixpeek.com")
@Version("v1alpha1")
@Plural("collections")
@Singular("collection")
@ShortNames("coll")
@JsonClassDescription(
    "A processing pipeline: where data comes from, which extractor runs, what is enriched.")
@SchemaSwap(originalType = Collection.class, fieldName = "spec", targetType = CollectionSpec.class)
@Categories("mixpeek")
@AdditionalPrinterColumn(
    name = "Collection",
    jsonPath = ".spec.collectionName",
    getDescription = "The catalog name.")
@AdditionalPrinterColumn(
    name = "ID",
    jsonPath = ".status.collectionId",
    getDescription = "The assigned ID.")
@AdditionalPrinterColumn(
    name = "Extractor",
    jsonPath = ".spec.featureExtractor.featureExtractorName",
    getDescription = "The feature extractor.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Source",
    jsonPath = ".spec.source.type",
    getDescription = "The type of the source.",
    priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.collectionName")
@AdditionalSelectableField(jsonPath = ".status.collectionId")
public class Collection extends CatalogResource<CollectionStatus> {}
