package com.mixpeek.operator.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.References;
import com.mixpeek.operator.api.SpecCheck;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which fields the documents of a Collection have, as far as its spec tells: those that are passed
 * through, and what the extractor puts out under its own name and version ({@code
 * text_extractor_v1_embedding}). With {@code includeAllSourceFields} those of its own source too.
 */
final class PassthroughCheck {

  private static final int MOST_STEPS = 50;

  private final Lookup<Collection> lookup;

  /** Each is worked out once: in a lineage of a few layers there are millions of ways to it. */
  private final Map<Collection, TreeSet<String>> known = new IdentityHashMap<>();

  PassthroughCheck(Lookup<Collection> lookup) {
    this.lookup = lookup;
  }

  /**
   * Says of each passthrough that is required of a source collection which cannot have the field.
   *
   * @return the passthroughs' paths within the spec, and what is wrong with them
   */
  List<SpecCheck.Problem> missing(Collection collection) {
    List<SpecCheck.Problem> missing = new ArrayList<>();
    for (Reference reference : upstream(collection)) {
      Optional<Collection> source = find(collection, reference);
      Optional<TreeSet<String>> known = source.flatMap(s -> fields(s, 0));
      if (known.isPresent()) {
        check(collection, source.get(), known.get(), missing);
        if (reference.isByName()) {
          inputs(collection, source.get(), known.get(), missing);
        }
      }
    }
    return missing;
  }

  private static void check(
      Collection collection,
      Collection source,
      TreeSet<String> known,
      List<SpecCheck.Problem> missing) {
    JsonNode passthrough = extractor(collection).path("fieldPassthrough");
    for (int i = 0; i < passthrough.size(); i++) {
      JsonNode field = passthrough.get(i);
      String path = field.path("sourcePath").asText();
      if (field.path("required").asBoolean() && !puts(source, known, path)) {
        String message =
            ("%s is required, but the source collection %s does not put it out; what is known of"
                    + " its output: %s. Pass it through there, or do not require it.")
                .formatted(path, source.getMetadata().getName(), output(source, known));
        String at = "featureExtractor.fieldPassthrough[" + i + "].sourcePath";
        missing.add(new SpecCheck.Problem(at, message));
      }
    }
  }

  private static boolean puts(Collection source, TreeSet<String> known, String path) {
    return path.startsWith(prefix(source))
        || known.contains(path)
        || known.contains(path.split("\\.")[0]);
  }

  private static String output(Collection source, TreeSet<String> known) {
    return String.join(", ", known) + (known.isEmpty() ? "" : ", ") + prefix(source) + "…";
  }

  /** An input that is read from a field which the collection cannot have. */
  private static void inputs(
      Collection collection,
      Collection source,
      TreeSet<String> known,
      List<SpecCheck.Problem> missing) {
    JsonNode mappings = extractor(collection).path("inputMappings");
    Map<String, JsonNode> paths = new LinkedHashMap<>();
    mappings.properties().forEach(entry -> paths.put("." + entry.getKey(), entry.getValue()));
    for (int i = 0; mappings.isArray() && i < mappings.size(); i++) {
      boolean literal = "literal".equals(mappings.get(i).path("sourceType").asText());
      paths.put("[" + i + "].path", mappings.get(i).path(literal ? "none" : "path"));
    }
    paths.forEach(
        (at, path) -> {
          if (path.isTextual() && !puts(source, known, path.textValue())) {
            String message =
                ("%s is read from the source collection %s, which does not put it out; what is"
                        + " known of its output: %s. Pass it through there, or read another field.")
                    .formatted(
                        path.textValue(), source.getMetadata().getName(), output(source, known));
            missing.add(new SpecCheck.Problem("featureExtractor.inputMappings" + at, message));
          }
        });
  }

  /** All fields but the extractor's own, empty where that cannot be known. */
  private Optional<TreeSet<String>> fields(Collection collection, int depth) {
    if (known.containsKey(collection)) {
      return Optional.of(known.get(collection));
    }
    TreeSet<String> fields = new TreeSet<>();
    if (extractor(collection).path("includeAllSourceFields").asBoolean()) {
      Optional<TreeSet<String>> input = input(collection, depth);
      if (input.isEmpty()) {
        return input;
      }
      fields.addAll(input.get());
    }
    for (JsonNode field : extractor(collection).path("fieldPassthrough")) {
      String path = field.path("sourcePath").asText();
      String last = path.substring(path.lastIndexOf('.') + 1);
      fields.add(field.path("targetPath").asText(last));
    }
    known.put(collection, fields);
    return Optional.of(fields);
  }

  private Optional<TreeSet<String>> input(Collection collection, int depth) {
    JsonNode schema = collection.getSpec().path("inputSchema").path("properties");
    TreeSet<String> fields = new TreeSet<>();
    if (schema.isObject()) {
      schema.fieldNames().forEachRemaining(fields::add);
      return Optional.of(fields);
    }
    List<Reference> upstream = upstream(collection);
    // A collection that is its own source, by however many steps, tells nothing.
    if (upstream.isEmpty() || depth > MOST_STEPS) {
      return Optional.empty();
    }
    for (Reference reference : upstream) {
      Optional<Collection> source = find(collection, reference);
      Optional<TreeSet<String>> known = source.flatMap(s -> fields(s, depth + 1));
      // What an extractor puts out beside its embedding is not known, and passes through as well.
      if (known.isEmpty()) {
        return Optional.empty();
      }
      fields.addAll(known.get());
      fields.add(prefix(source.get()) + "embedding");
    }
    return Optional.of(fields);
  }

  private static List<Reference> upstream(Collection collection) {
    boolean reads = "collection".equals(collection.getSpec().at("/source/type").asText());
    return References.all(collection.getSpec()).stream()
        .filter(reference -> reads && reference.field().startsWith("source."))
        .toList();
  }

  private Optional<Collection> find(Collection collection, Reference reference) {
    String namespace = collection.getMetadata().getNamespace();
    String key =
        reference.isByName()
            ? Keys.name(namespace, reference.name())
            : Keys.id(namespace, reference.id());
    return lookup.find(key).stream().findFirst();
  }

  private static String prefix(Collection collection) {
    JsonNode extractor = extractor(collection);
    String name = extractor.path("featureExtractorName").asText();
    return name + "_" + extractor.path("version").asText() + "_";
  }

  private static JsonNode extractor(Collection collection) {
    return collection.getSpec().path("featureExtractor");
  }
}
