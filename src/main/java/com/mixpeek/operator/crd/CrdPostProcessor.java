package com.mixpeek.operator.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.CollectionCloneStatus;
import com.mixpeek.operator.api.CollectionStatus;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyClone;
import com.mixpeek.operator.api.TaxonomyCloneStatus;
import com.mixpeek.operator.api.TaxonomyStatus;
import com.mixpeek.operator.api.schema.CollectionSpec;
import com.mixpeek.operator.api.schema.TaxonomySpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import java.util.List;
import java.util.Map;

/**
 * Says what the generator's annotations cannot: column order, list maps, formats, the defaults of
 * status.
 */
final class CrdPostProcessor {

  private static final Map<String, List<Class<?>>> DESCRIBED =
      Map.of(
          "Collection", List.of(Collection.class, CollectionSpec.class, CollectionStatus.class),
          "Taxonomy", List.of(Taxonomy.class, TaxonomySpec.class, TaxonomyStatus.class),
          "CollectionClone",
              List.of(CollectionClone.class, Object.class, CollectionCloneStatus.class),
          "TaxonomyClone", List.of(TaxonomyClone.class, Object.class, TaxonomyCloneStatus.class));

  private CrdPostProcessor() {}

  static CustomResourceDefinition finish(CustomResourceDefinition crd) {
    String kind = crd.getSpec().getNames().getKind();
    crd.getSpec().getNames().setCategories(List.of("mixpeek"));
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
    version.setAdditionalPrinterColumns(columns(kind));
    version.setSelectableFields(selectable(kind));
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setRequired(List.of("spec"));
    JSONSchemaProps spec = root.getProperties().get("spec");
    JSONSchemaProps status = root.getProperties().get("status");
    List<Class<?>> classes = DESCRIBED.get(kind);
    root.setDescription(description(classes.get(0)));
    spec.setDescription(
        kind.endsWith("Clone") ? "What to copy, and what differs." : description(classes.get(1)));
    status.setDescription(description(classes.get(2)));
    status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    status.getProperties().put("conditions", conditions(status.getProperties().get("conditions")));
    refine(root);
    return crd;
  }

  private static String description(Class<?> type) {
    return type.getAnnotation(JsonClassDescription.class).value();
  }

  private static List<CustomResourceColumnDefinition> columns(String kind) {
    String ready = ".status.conditions[?(@.type==\"Ready\")].status";
    CustomResourceColumnDefinition age =
        column("Age", ".metadata.creationTimestamp", "date", 0, "When it was created.");
    String readyText = "Whether it is ready.";
    return switch (kind) {
      case "Collection" ->
          List.of(
              column("Collection", ".spec.collectionName", "string", 0, "The catalog name."),
              column("ID", ".status.collectionId", "string", 0, "The assigned ID."),
              column("Ready", ready, "string", 0, readyText),
              age,
              column(
                  "Extractor",
                  ".spec.featureExtractor.featureExtractorName",
                  "string",
                  1,
                  "The feature extractor."),
              column("Source", ".spec.source.type", "string", 1, "The type of the source."));
      case "Taxonomy" ->
          List.of(
              column("Taxonomy", ".spec.taxonomyName", "string", 0, "The catalog name."),
              column("ID", ".status.taxonomyId", "string", 0, "The assigned ID."),
              column("Ready", ready, "string", 0, readyText),
              age,
              column("Type", ".spec.config.taxonomyType", "string", 1, "Flat or hierarchical."));
      default ->
          List.of(
              column("Source", ".spec.sourceRef.*", "string", 0, "The source, as it is named."),
              column("Target", ".status.targetName", "string", 0, "The resource that was made."),
              column(
                  "ID",
                  kind.startsWith("Collection") ? ".status.collectionId" : ".status.taxonomyId",
                  "string",
                  0,
                  "The ID of what was made."),
              column("Ready", ready, "string", 0, readyText),
              column(
                  "Reason",
                  ".status.conditions[?(@.type==\"Ready\")].reason",
                  "string",
                  0,
                  "Why it is ready or not."),
              age);
    };
  }

  private static CustomResourceColumnDefinition column(
      String name, String path, String type, int priority, String description) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(name)
        .withJsonPath(path)
        .withType(type)
        .withPriority(priority == 0 ? null : priority)
        .withDescription(description)
        .build();
  }

  private static List<SelectableField> selectable(String kind) {
    return switch (kind) {
      case "Collection" ->
          List.of(
              new SelectableField(".spec.collectionName"),
              new SelectableField(".status.collectionId"));
      case "Taxonomy" ->
          List.of(
              new SelectableField(".spec.taxonomyName"), new SelectableField(".status.taxonomyId"));
      case "CollectionClone" -> List.of(new SelectableField(".status.collectionId"));
      default -> List.of(new SelectableField(".status.taxonomyId"));
    };
  }

  /** The conditions of the Kubernetes API conventions: a list keyed by type. */
  private static JSONSchemaProps conditions(JSONSchemaProps generated) {
    return new JSONSchemaPropsBuilder()
        .withType("array")
        .withDescription(generated.getDescription())
        .withXKubernetesListType("map")
        .withXKubernetesListMapKeys("type")
        .withNewItems()
        .withNewSchema()
        .withType("object")
        .withDescription("One observation of the resource's state.")
        .withRequired("lastTransitionTime", "message", "reason", "status", "type")
        .addToProperties("type", text("What is observed: Ready or Stalled.", 1L, 316L, null))
        .addToProperties(
            "status",
            new JSONSchemaPropsBuilder()
                .withType("string")
                .withDescription("Whether it holds.")
                .withEnum(
                    JsonNodeFactory.instance.textNode("True"),
                    JsonNodeFactory.instance.textNode("False"),
                    JsonNodeFactory.instance.textNode("Unknown"))
                .build())
        .addToProperties(
            "reason",
            text("Why, in one word.", 1L, 1024L, "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$"))
        .addToProperties(
            "message", text("Why, in a sentence that names the remedy.", null, 32768L, null))
        .addToProperties(
            "lastTransitionTime",
            new JSONSchemaPropsBuilder()
                .withType("string")
                .withFormat("date-time")
                .withDescription("When the status last changed.")
                .build())
        .addToProperties(
            "observedGeneration",
            new JSONSchemaPropsBuilder()
                .withType("integer")
                .withFormat("int64")
                .withMinimum(0d)
                .withDescription("The metadata.generation that this observation speaks of.")
                .build())
        .endSchema()
        .endItems()
        .build();
  }

  private static JSONSchemaProps text(String description, Long min, Long max, String pattern) {
    return new JSONSchemaPropsBuilder()
        .withType("string")
        .withDescription(description)
        .withMinLength(min)
        .withMaxLength(max)
        .withPattern(pattern)
        .build();
  }

  /** Formats and list keys, wherever a field of that name and type stands. */
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
                property.setFormat(name.endsWith("Generation") ? "int64" : "int32");
              }
              if ("hierarchicalNodes".equals(name)) {
                property.setXKubernetesListType("map");
                property.setXKubernetesListMapKeys(List.of("collectionId"));
              }
              refine(property);
            });
  }
}
