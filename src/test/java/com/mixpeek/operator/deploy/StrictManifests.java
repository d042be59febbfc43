package com.mixpeek.operator.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads manifests as an API server with strict validation does: an unknown field is an error. */
final class StrictManifests {

  static final Path DEPLOY = Path.of("deploy");
  static final Path INSTALL = DEPLOY.resolve("install.yaml");

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS).build();
  private static final KubernetesSerialization KINDS = new KubernetesSerialization();

  /** The model classes keep what they do not know in a map; this mapper does not see those maps. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new WithoutAnySetters())
          .build();

  private StrictManifests() {}

  static List<JsonNode> read(Path file) {
    try {
      return documents(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> documents(String yaml) {
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return values.readAll().stream().filter(document -> !document.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a person calls it: kind and name. */
  static String title(JsonNode document) {
    return document.path("kind").asText() + " " + document.at("/metadata/name").asText();
  }

  /** Whether fabric8 has a class for it; it has none for other projects' kinds. */
  static boolean known(JsonNode document) {
    return type(document) != null;
  }

  /**
   * The document as an object of its class.
   *
   * @throws AssertionError if it has a field that the class does not know
   */
  static HasMetadata parse(JsonNode document) {
    try {
      return (HasMetadata) STRICT.treeToValue(document, type(document));
    } catch (JsonProcessingException e) {
      throw new AssertionError(title(document) + ": " + e.getOriginalMessage(), e);
    }
  }

  /** The one document of that class. */
  static <T extends HasMetadata> T one(Path file, Class<T> type) {
    return read(file).stream()
        .map(StrictManifests::parse)
        .filter(type::isInstance)
        .map(type::cast)
        .reduce(
            (a, b) -> {
              throw new AssertionError("More than one " + type.getSimpleName() + " in " + file);
            })
        .orElseThrow(() -> new AssertionError("No " + type.getSimpleName() + " in " + file));
  }

  private static Class<? extends KubernetesResource> type(JsonNode document) {
    return KINDS.getRegisteredKubernetesResource(
        document.path("apiVersion").asText(), document.path("kind").asText());
  }

  private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
