package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.mixpeek.operator.api.schema.TaxonomySpec;
import io.fabric8.crd.generator.annotation.SchemaSwap;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A flat or hierarchical classification that enriches documents. */
@Group("mixpeek.com")
@Version("v1alpha1")
@Kind("Taxonomy")
@Plural("taxonomies")
@ShortNames("tax")
@JsonClassDescription("A flat or hierarchical classification that enriches documents.")
@SchemaSwap(originalType = Taxonomy.class, fieldName = "spec", targetType = TaxonomySpec.class)
public class Taxonomy extends CatalogResource<TaxonomyStatus> {}
