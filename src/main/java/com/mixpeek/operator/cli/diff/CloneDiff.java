package com.mixpeek.operator.cli.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.TargetMetadata;
import com.mixpeek.operator.cli.manifest.Numbers;
import com.mixpeek.operator.cli.manifest.YamlWriter;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How what a clone makes differs from its source.
 *
 * @param source {@code metadata.name} of the source
 * @param target {@code metadata.name} of what is made
 * @param changes of the spec, but for the catalog name and the ID, which always change
 * @param from what is compared of the source
 * @param to what is compared of the target
 */
public record CloneDiff(
    String source, String target, List<Change> changes, JsonNode from, JsonNode to) {

  /**
   * Compares specs and names, and what the clone puts into the target's metadata.
   *
   * @param made what the clone makes
   */
  public static CloneDiff of(
      CatalogKind<?, ?> kind,
      CloneResource<?> clone,
      CatalogResource<?> source,
      CatalogResource<?> made) {
    List<Change> changes =
        Change.between(Numbers.asSent(source.getSpec()), Numbers.asSent(made.getSpec())).stream()
            .filter(c -> !c.path().equals(kind.nameField()) && !c.path().equals(kind.idField()))
            .toList();
    return new CloneDiff(
        source.getMetadata().getName(),
        made.getMetadata().getName(),
        changes,
        document(source, new TargetMetadata()),
        document(
            made,
            Optional.ofNullable(clone.getSpec().getTargetMetadata())
                .orElseGet(TargetMetadata::new)));
  }

  /** {@code product-embeddings → product-embeddings-v2: featureExtractor.version v1 → v2}. */
  public String summary() {
    return "%s → %s: %s".formatted(source, target, changed());
  }

  /** What differs, in one line. */
  public String changed() {
    return changes.isEmpty()
        ? "an exact copy under a new name"
        : changes.stream().map(Change::toString).collect(Collectors.joining(", "));
  }

  /** What was asked for as it came: the operator's own keys win. */
  private static void given(
      Map<String, String> asked, Map<String, String> had, String field, ObjectNode metadata) {
    if (asked != null && !asked.isEmpty()) {
      ObjectNode map = metadata.putObject(field);
      asked.keySet().forEach(key -> map.put(key, had.get(key)));
    }
  }

  /**
   * The two as YAML, a unified diff of it.
   *
   * @param context how many unchanged lines are shown around changed ones
   */
  public List<String> unified(int context) {
    String kind = from.path("kind").asText();
    return UnifiedDiff.lines(
        kind + " " + TerminalText.escape(source),
        from,
        kind + " " + TerminalText.escape(target),
        to,
        YamlWriter::write,
        context);
  }

  private static JsonNode document(CatalogResource<?> resource, TargetMetadata asked) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", resource.getKind());
    ObjectNode metadata = document.putObject("metadata");
    metadata.put("name", resource.getMetadata().getName());
    given(asked.getLabels(), resource.getMetadata().getLabels(), "labels", metadata);
    given(asked.getAnnotations(), resource.getMetadata().getAnnotations(), "annotations", metadata);
    document.set("spec", Numbers.asSent(resource.getSpec()));
    return document;
  }
}
