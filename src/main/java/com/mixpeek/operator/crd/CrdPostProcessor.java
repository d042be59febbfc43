package com.mixpeek.operator.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mixpeek.operator.api.CloneSpec;
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
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.Comparator;
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
              List.of(CollectionClone.class, CloneSpec.class, CollectionCloneStatus.class),
          "TaxonomyClone",
              List.of(TaxonomyClone.class, CloneSpec.class, TaxonomyCloneStatus.class));

  /** Those that a table shows unasked come before those of {@code kubectl get -o wide}. */
  private static final List<String> COLUMNS =
      List.of(
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

  private CrdPostProcessor() {}

  static CustomResourceDefinition finish(CustomResourceDefinition crd) {
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
    status.getProperties().put("conditions", conditions(status.getProperties().get("conditions")));
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
