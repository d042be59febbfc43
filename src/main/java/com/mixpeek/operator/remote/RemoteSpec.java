package com.mixpeek.operator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CatalogStatus;
import com.mixpeek.operator.api.StoredJson;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a spec is sent to the API, and what of the API's answer belongs into a spec. The specs
 * that it is handed hold IDs only, no references by name.
 */
public final class RemoteSpec {

  /** What can be given when something is created, by the specs' names. */
  private static final Map<CatalogKind<?, ?>, List<String>> CREATED =
      Map.of(
          CatalogKind.COLLECTION,
          List.of(
              "collectionName",
              "description",
              "source",
              "inputSchema",
              "featureExtractor",
              "enabled",
              "metadata",
              "schedule",
              "taxonomyApplications",
              "clusterApplications",
              "alertApplications",
              "retrieverEnrichments"),
          CatalogKind.TAXONOMY,
          List.of("taxonomyName", "description", "config"));

  /** What can be changed later. */
  private static final Map<CatalogKind<?, ?>, List<String>> CHANGED =
      Map.of(
          CatalogKind.COLLECTION,
          List.of("collectionName", "description", "enabled", "metadata", "taxonomyApplications"),
          CatalogKind.TAXONOMY,
          List.of("taxonomyName", "description", "metadata"));

  /** What a spec can say beyond what can be given at creation. */
  private static final Map<CatalogKind<?, ?>, List<String>> MORE =
      Map.of(
          CatalogKind.COLLECTION,
          List.of(),
          CatalogKind.TAXONOMY,
          List.of("metadata", "retrieverId", "inputMappings"));

  /** Names that the API had once, which specs may still use: what they are called now. */
  private static final Map<String, Map<String, String>> OLDER_NAMES =
      Map.of(
          "source",
          Map.of("bucket_id", "bucket_ids"),
          "config",
          Map.of(
              "default_retriever_id", "retriever_id",
              "default_input_mappings", "input_mappings"));

  /** What the service adds inside of what a user gives. */
  private static final Set<String> DERIVED = Set.of("featureExtractorId");

  private RemoteSpec() {}

  /** The body of a request that creates it. */
  public static ObjectNode creation(CatalogKind<?, ?> kind, ObjectNode spec) {
    return fields(spec, CREATED.get(kind));
  }

  /** Those fields of the spec, as the body of a request that changes or overrides them. */
  public static ObjectNode fields(ObjectNode spec, List<String> fields) {
    ObjectNode sent = JsonNodeFactory.instance.objectNode();
    for (String field : fields) {
      if (spec.hasNonNull(field)) {
        sent.set(field, spec.get(field));
      }
    }
    return (ObjectNode) current(FieldNames.toApi(sent));
  }

  /** The fields of a spec that a request to create it cannot carry, and a change can. */
  public static List<String> sentLater(CatalogKind<?, ?> kind, ObjectNode spec) {
    return CHANGED.get(kind).stream()
        .filter(field -> !CREATED.get(kind).contains(field) && spec.hasNonNull(field))
        .toList();
  }

  /** The fields of the spec that can be changed at any time, of those that it has. */
  public static List<String> changeable(CatalogKind<?, ?> kind, ObjectNode spec) {
    return CHANGED.get(kind).stream().filter(spec::hasNonNull).toList();
  }

  /**
   * The spec of a resource that stands for what the API says here: only what a user may set, and
   * only what is set.
   */
  public static ObjectNode spec(CatalogKind<?, ?> kind, JsonNode content) {
    JsonNode renamed = FieldNames.fromApi(current(content));
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    for (String field : all(kind)) {
      if (renamed.hasNonNull(field)) {
        spec.set(
            field,
            FieldNames.isFreeForm(field, renamed.get(field))
                ? renamed.get(field)
                : tidy(renamed.get(field)));
      }
    }
    return spec;
  }

  /**
   * A resource without {@code metadata.name} for something that no resource in the cluster stands
   * for.
   *
   * @param connection the Connection that it is read through, empty for none
   */
  public static <R extends CatalogResource<?>> R resource(
      CatalogKind<?, R> kind, String namespace, Optional<String> connection, JsonNode content) {
    R resource = kind.newResource().get();
    resource.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).build());
    ObjectNode spec = spec(kind, content);
    connection.ifPresent(name -> spec.putObject("connectionRef").put("name", name));
    resource.setSpec(spec);
    CatalogStatus status = kind.newStatus().get();
    status.id(content.path(RemoteRequest.idField(kind)).asText());
    resource.report(status);
    return resource;
  }

  /**
   * The paths of the fields in which what the API says differs from the spec. What the spec does
   * not say, the service may decide.
   */
  public static List<String> differences(
      CatalogKind<?, ?> kind, ObjectNode spec, JsonNode content) {
    JsonNode held = FieldNames.fromApi(current(content));
    JsonNode said = FieldNames.fromApi(fields(spec, all(kind)));
    List<String> differences = new ArrayList<>();
    for (String field : all(kind)) {
      if (said.has(field)) {
        differ(field, said.get(field), held.path(field), differences);
      }
    }
    return differences;
  }

  /**
   * Whether all that is expected is there; what is nothing may be left out.
   *
   * @param content what the API says of something
   * @param body a request with what it is expected to hold
   */
  public static boolean holds(JsonNode content, ObjectNode body) {
    return contains(current(content), body);
  }

  private static boolean contains(JsonNode actual, JsonNode expected) {
    if (isNothing(expected)) {
      return isNothing(actual);
    }
    if (expected.isObject()) {
      return actual.isObject()
          && expected.properties().stream()
              .allMatch(field -> contains(actual.path(field.getKey()), field.getValue()));
    }
    if (expected.isArray()) {
      if (!actual.isArray() || actual.size() != expected.size()) {
        return false;
      }
      for (int i = 0; i < expected.size(); i++) {
        if (!contains(actual.get(i), expected.get(i))) {
          return false;
        }
      }
      return true;
    }
    return expected.isNumber() && actual.isNumber()
        ? StoredJson.isSameNumber(expected, actual)
        : expected.equals(actual);
  }

  private static void differ(
      String path, JsonNode expected, JsonNode actual, List<String> differences) {
    if (expected.isObject()
        && actual.isObject()
        && !FieldNames.isFreeForm(path.substring(path.lastIndexOf('.') + 1), expected)) {
      expected
          .properties()
          .forEach(
              field ->
                  differ(
                      path + "." + field.getKey(),
                      field.getValue(),
                      actual.path(field.getKey()),
                      differences));
    } else if (!contains(actual, expected)) {
      differences.add(path);
    }
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull() || value.isMissingNode() || value.isContainerNode() && value.isEmpty();
  }

  private static List<String> all(CatalogKind<?, ?> kind) {
    List<String> fields = new ArrayList<>(CREATED.get(kind));
    fields.addAll(MORE.get(kind));
    return fields;
  }

  /** What the API says or is sent, with the names that its fields have now. */
  private static JsonNode current(JsonNode content) {
    JsonNode current = content;
    for (var part : OLDER_NAMES.entrySet()) {
      for (var name : part.getValue().entrySet()) {
        JsonNode value = content.path(part.getKey()).path(name.getKey());
        if (!value.isMissingNode()) {
          current = current == content ? content.deepCopy() : current;
          ObjectNode parent = (ObjectNode) current.get(part.getKey());
          parent.remove(name.getKey());
          if (!value.isNull() && !parent.hasNonNull(name.getValue())) {
            boolean wrapped = name.getValue().equals("bucket_ids");
            parent.set(name.getValue(), wrapped ? parent.arrayNode().add(value) : value.deepCopy());
          }
        }
      }
    }
    return current;
  }

  /**
   * Without what the service adds, and without nulls, which say nothing; free-form parts as they
   * are.
   */
  private static JsonNode tidy(JsonNode value) {
    if (value instanceof ArrayNode array) {
      ArrayNode tidy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> tidy.add(tidy(item)));
      return tidy;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode tidy = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              field -> {
                if (!field.getValue().isNull() && !DERIVED.contains(field.getKey())) {
                  tidy.set(
                      field.getKey(),
                      FieldNames.isFreeForm(field.getKey(), field.getValue())
                          ? field.getValue()
                          : tidy(field.getValue()));
                }
              });
      return tidy;
    }
    return value;
  }
}
