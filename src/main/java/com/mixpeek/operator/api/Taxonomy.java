package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.mixpeek.operator.api.schema.TaxonomySpec;
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
@Plural("taxonomies")
@Singular("taxonomy")
@ShortNames("tax")
@JsonClassDescription("A flat or hierarchical classification that enriches documents.")
@SchemaSwap(originalType = Taxonomy.class, fieldName = "spec", targetType = TaxonomySpec.class)
@Categories("mixpeek")
@AdditionalPrinterColumn(
    name = "Taxonomy",
    jsonPath = ".spec.taxonomyName",
    getDescription = "The catalog name.")
@AdditionalPrinterColumn(
    name = "ID",
    jsonPath = ".status.taxonomyId",
    getDescription = "The assigned ID.")
@AdditionalPrinterColumn(
    name = "Type",
    jsonPath = ".spec.config.taxonomyType",
    getDescription = "Flat or hierarchical.",
    priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.taxonomyName")
@AdditionalSelectableField(jsonPath = ".status.taxonomyId")
public class Taxonomy extends CatalogResource<TaxonomyStatus> {}
