package com.mixpeek.operator.cli.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.TargetMetadata;
import com.mixpeek.operator.cli.manifest.Numbers;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.ManifestResource;
import com.mixpeek.operator.cli.plan.PlannedAction;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What there is to be shown of one clone. */
public sealed interface DiffEntry {

  ManifestResource<? extends CloneResource<?>> cloneResource();

  /** The one line that says it all. */
  String summary();

  /** Whether the clones are of several namespaces, so that names alone do not tell them apart. */
  static boolean ofSeveralNamespaces(List<DiffEntry> entries) {
    return entries.stream().map(e -> e.cloneResource().namespace()).distinct().count() > 1;
  }

  /** What stands before names where the clones are of several namespaces, else nothing. */
  default String prefix(boolean several) {
    return several ? cloneResource().namespace() + "/" : "";
  }

  /** Whether a person should look at it. */
  default boolean isFinding() {
    return false;
  }

  /** A source and its copy, which is created or would be. */
  sealed interface Comparison extends DiffEntry {

    /** {@code metadata.name} of the source. */
    String source();

    /** {@code metadata.name} of the copy. */
    String target();

    /** How the two differ, in one line. */
    String outcome();

    /**
     * How the two differ, in full.
     *
     * @param context how many unchanged lines are shown around changed ones
     */
    List<String> lines(int context);

    @Override
    default String summary() {
      return summary("");
    }

    /** The same with something before the names. */
    default String summary(String prefix) {
      return "%1$s%2$s → %1$s%3$s: %4$s".formatted(prefix, source(), target(), outcome());
    }
  }

  /**
   * It would create a copy that differs in this from its source.
   *
   * @param changes of the spec, but for the catalog name and the ID, which always change
   * @param from what is compared of the source
   * @param to what is compared of the target
   */
  record WouldCreate(
      ManifestResource<? extends CloneResource<?>> cloneResource,
      String source,
      String target,
      List<Change> changes,
      JsonNode from,
      JsonNode to)
      implements Comparison {

    /** Compares specs and names, and what the clone puts into the target's metadata. */
    public static WouldCreate of(CatalogKind<?, ?> kind, PlannedAction.Create<?, ?> create) {
      CatalogResource<?> source = create.source();
      CatalogResource<?> target = create.target();
      TargetMetadata asked = create.cloneResource().resource().getSpec().getTargetMetadata();
      return new WouldCreate(
          create.cloneResource(),
          create.sourceName(kind),
          target.getMetadata().getName(),
          Change.between(Numbers.asSent(source.getSpec()), Numbers.asSent(target.getSpec()))
              .stream()
              .filter(c -> !c.path().equals(kind.nameField()) && !c.path().equals(kind.idField()))
              .toList(),
          document(source, new TargetMetadata()),
          document(target, asked == null ? new TargetMetadata() : asked));
    }

    @Override
    public String outcome() {
      return changes.isEmpty()
          ? "an exact copy under a new name"
          : changes.stream().map(Change::toString).collect(Collectors.joining(", "));
    }

    /** The two as YAML, a unified diff of it. */
    @Override
    public List<String> lines(int context) {
      String kind = from.path("kind").asText() + " ";
      String before = kind + TerminalText.escape(source);
      return UnifiedDiff.lines(before, from, kind + TerminalText.escape(target), to, context);
    }

    /** What was asked for as it came: the operator's own keys win. */
    private static void given(
        Map<String, String> asked, Map<String, String> had, String field, ObjectNode metadata) {
      if (asked != null && !asked.isEmpty()) {
        ObjectNode map = metadata.putObject(field);
        asked.keySet().forEach(key -> map.put(key, had.get(key)));
      }
    }

    private static JsonNode document(CatalogResource<?> resource, TargetMetadata asked) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("kind", resource.getKind());
      ObjectNode metadata = document.putObject("metadata");
      if (resource.getMetadata().getName() != null) {
        metadata.put("name", resource.getMetadata().getName());
      }
      given(asked.getLabels(), resource.getMetadata().getLabels(), "labels", metadata);
      given(
          asked.getAnnotations(), resource.getMetadata().getAnnotations(), "annotations", metadata);
      document.set("spec", Numbers.asSent(resource.getSpec()));
      return document;
    }
  }

  /**
   * It has created its copy, and since then the two have drifted apart in this.
   *
   * @param source its name, or its ID where no resource stands for it
   * @param id the copy's ID
   * @param compared whether the source has a resource to compare the copy with
   * @param gone what of the two is no more, as a part of a sentence; empty while both are there
   */
  record Created(
      ManifestResource<? extends CloneResource<?>> cloneResource,
      String source,
      String target,
      String id,
      boolean compared,
      List<Drift> drifts,
      Optional<String> gone)
      implements Comparison {

    @Override
    public String outcome() {
      String drifted =
          "drifted apart in %d place%s".formatted(drifts.size(), drifts.size() == 1 ? "" : "s");
      String same = compared ? "source and copy are as they were" : "its source is at Mixpeek only";
      String since = drifts.isEmpty() ? same : drifted;
      return "made already, ID %s; %s".formatted(id, gone.orElse(since));
    }

    @Override
    public List<String> lines(int context) {
      return drifts.stream().map(Drift::toString).toList();
    }

    @Override
    public boolean isFinding() {
      return gone.isPresent() || !drifts.isEmpty();
    }
  }

  /** It creates nothing, for this reason. */
  record CreatesNothing(PlannedAction.NoOp<?, ?> action) implements DiffEntry {

    @Override
    public ManifestResource<? extends CloneResource<?>> cloneResource() {
      return action.cloneResource();
    }

    Finding finding() {
      return action.finding();
    }

    @Override
    public String summary() {
      return finding().text();
    }

    @Override
    public boolean isFinding() {
      return !action.isIntended();
    }
  }
}
