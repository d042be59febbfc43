package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@JsonClassDescription("What the taxonomy is.")
@ValidationRule(
    value =
        "has(self.taxonomyId) == has(oldSelf.taxonomyId) && (!has(self.taxonomyId) || self.taxonomyId == oldSelf.taxonomyId)",
    fieldPath = ".taxonomyId",
    message = "taxonomyId is immutable: create another Taxonomy that pins the other ID")
@ValidationRule(
    value =
        "has(self.connectionRef) == has(oldSelf.connectionRef) && (!has(self.connectionRef) || self.connectionRef == oldSelf.connectionRef)",
    fieldPath = ".connectionRef",
    message = "connectionRef is immutable: create another Taxonomy with the other one")
public final class TaxonomySpec {

  @Required
  @Size(min = 3, max = 100)
  @Pattern("^[A-Za-z0-9_-]+$")
  @JsonPropertyDescription(
      "The catalog name, 3 to 100 letters, digits, _ or -: unique among the Taxonomies of the namespace.")
  public String taxonomyName;

  @JsonPropertyDescription("What the taxonomy is for.")
  public String description;

  @JsonPropertyDescription("Free-form data about the taxonomy.")
  public ObjectNode metadata;

  @Required
  @ValidationRule(
      value = "self == oldSelf",
      message = "config is immutable: create a TaxonomyClone that overrides it")
  @JsonPropertyDescription("How the taxonomy classifies: flat or hierarchical. Immutable.")
  public TaxonomyConfig config;

  @Size(min = 1)
  @JsonPropertyDescription("A retriever for the whole taxonomy, carried along as written.")
  public String retrieverId;

  @JsonPropertyDescription("Input mappings for the whole taxonomy, carried along as written.")
  public List<InputMapping> inputMappings;

  @Size(min = 5, max = 128)
  @Pattern("^tax_[A-Za-z0-9_]+$")
  @JsonPropertyDescription(
      "Pins an ID that exists already: tax_ and letters, digits, _. Left out, the operator assigns one. Immutable.")
  public String taxonomyId;

  @JsonPropertyDescription(
      "The Connection, in the same namespace, to the Mixpeek namespace where this Taxonomy stands for one. Left out, it lives in the cluster. Immutable.")
  public ResourceRef connectionRef;

  @JsonPropertyDescription(
      "What becomes of it at Mixpeek when this Taxonomy is deleted: Retain, which is meant where nothing is said, leaves it, Delete removes it. Without a connectionRef it means nothing. May be changed at any time.")
  public RemoteDeletionPolicy deletionPolicy;
}
