package com.mixpeek.operator.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mixpeek.operator.api.CloneSpec;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.CollectionCloneStatus;
import com.mixpeek.operator.api.CollectionStatus;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionSpec;
import com.mixpeek.operator.api.ConnectionStatus;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyClone;
import com.mixpeek.operator.api.TaxonomyCloneStatus;
import com.mixpeek.operator.api.TaxonomyStatus;
import com.mixpeek.operator.api.schema.CollectionSpec;
import com.mixpeek.operator.api.schema.TaxonomySpec;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says what the generator's annotations cannot: column order, list maps, formats, the defaults of
 * status.
 */
final class CrdPostProcessor implements CRDPostProcessor {

  private static final Map<String, List<Class<?>>> DESCRIBED =
      Map.of(
          "Connection", List.of(Connection.class, ConnectionSpec.class, ConnectionStatus.class),
          "Collection", List.of(Collection.class, CollectionSpec.class, CollectionStatus.class),
          "Taxonomy", List.of(Taxonomy.class, TaxonomySpec.class, TaxonomyStatus.class),
          "CollectionClone",
              List.of(CollectionClone.class, CloneSpec.class, CollectionCloneStatus.class),
          "TaxonomyClone",
              List.of(TaxonomyClone.class, CloneSpec.class, TaxonomyCloneStatus.class));

  /** Those that a table shows unasked come before those of {@code kubectl get -o wide}. */
  private static final List<String> COLUMNS =
      List.of(
          "Namespace",
          "Collection",
          "Taxonomy",
          "Extractor",
          "Source",
          "Target",
          "ID",
          "Ready",
          "Reason",
          "Age",
          "Type");

  /** The conditions of the Kubernetes API conventions: a list keyed by type. */
  private static final String CONDITIONS =
      """
      type: array
      x-kubernetes-list-type: map
      x-kubernetes-list-map-keys: [type]
      items:
        type: object
        description: One observation of the resource's state.
        required: [lastTransitionTime, message, reason, status, type]
        properties:
          type: {type: string, minLength: 1, maxLength: 316, description: "What is observed: Ready or Stalled."}
          status: {type: string, enum: ["True", "False", "Unknown"], description: Whether it holds.}
          reason:
            type: string
            minLength: 1
            maxLength: 1024
            pattern: ^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$
            description: Why, in one word.
          message: {type: string, maxLength: 32768, description: "Why, in a sentence that names the remedy."}
          lastTransitionTime: {type: string, format: date-time, description: When the status last changed.}
          observedGeneration:
            type: integer
            format: int64
            minimum: 0
            description: The metadata.generation that this observation speaks of.
      """;

  @Override
  public HasMetadata process(HasMetadata generated, String crdVersion) {
    CustomResourceDefinition crd = (CustomResourceDefinition) generated;
    String kind = crd.getSpec().getNames().getKind();
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
    order(version.getAdditionalPrinterColumns());
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setRequired(List.of("spec"));
    JSONSchemaProps spec = root.getProperties().get("spec");
    JSONSchemaProps status = root.getProperties().get("status");
    List<Class<?>> classes = DESCRIBED.get(kind);
    root.setDescription(description(classes.get(0)));
    spec.setDescription(description(classes.get(1)));
    status.setDescription(description(classes.get(2)));
    status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    boolean refers = status.getProperties().containsKey("references");
    JSONSchemaProps conditions =
        Serialization.unmarshal(
            refers
                ? CONDITIONS.replace("Ready or", "Ready, ReferencesValid, InSync or")
                : CONDITIONS,
            JSONSchemaProps.class);
    conditions.setDescription(
        status.getProperties().get("conditions").getDescription()
            + (refers
                ? " ReferencesValid only where something is referred to by name, InSync only of what is"
                    + " at Mixpeek."
                : ""));
    status.getProperties().put("conditions", conditions);
    refine(root);
    return crd;
  }

  private static String description(Class<?> type) {
    return type.getAnnotation(JsonClassDescription.class).value();
  }

  /** The generator sorts columns by path, and writes the priority that is the default. */
  private static void order(List<CustomResourceColumnDefinition> columns) {
    columns.sort(
        Comparator.comparing(CustomResourceColumnDefinition::getPriority)
            .thenComparing(column -> COLUMNS.indexOf(column.getName())));
    columns.stream().filter(c -> c.getPriority() == 0).forEach(c -> c.setPriority(null));
  }

  /** Formats, wherever a field of that name and type stands. */
  private static void refine(JSONSchemaProps schema) {
    if (schema.getItems() != null) {
      refine(schema.getItems().getSchema());
    }
    if (schema.getProperties() == null) {
      return;
    }
    schema
        .getProperties()
        .forEach(
            (name, property) -> {
              if ("integer".equals(property.getType()) && property.getFormat() == null) {
                property.setFormat(
                    name.toLowerCase(Locale.ROOT).endsWith("generation") || name.endsWith("Count")
                        ? "int64"
                        : "int32");
              }
              refine(property);
            });
  }
}
