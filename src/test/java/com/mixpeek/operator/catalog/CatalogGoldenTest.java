package com.mixpeek.operator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.lookup.Lookup;
import com.mixpeek.operator.lookup.Lookups;
import com.mixpeek.operator.testing.Scenario;
import com.mixpeek.operator.testing.StatusLinter;
import com.mixpeek.operator.testing.Yaml;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who gets which ID: one folder a case, in {@code src/test/resources/catalog}.
 *
 * <p>{@code in-resource.yaml} is the Collection or Taxonomy that is judged, the other {@code
 * in-….yaml} are those beside it, and {@code out-status.yaml} is its status after.
 */
class CatalogGoldenTest {

  private static final String RESOURCE = "in-resource.yaml";
  private static final String STATUS = "out-status.yaml";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));

  private static final List<Scenario> ALL = Scenario.all("catalog", RESOURCE, Set.of(STATUS));

  @TestFactory
  Stream<DynamicTest> scenarios() {
    return ALL.stream().map(s -> dynamicTest(s.name(), s.uri(), () -> run(s)));
  }

  @Test
  void everyReasonHasAScenario() {
    Set<Reason> reasons =
        ALL.stream()
            .map(s -> s.yaml(STATUS).path("conditions").path(0).path("reason").asText())
            .map(Reason::valueOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));

    assertThat(reasons)
        .containsExactlyElementsOf(EnumSet.range(Reason.Assigned, Reason.ReferenceCycle));
  }

  private static void run(Scenario scenario) {
    String kind = scenario.yaml(RESOURCE).path("kind").asText();
    switch (kind) {
      case "Collection" -> run(scenario, CatalogKind.COLLECTION);
      case "Taxonomy" -> run(scenario, CatalogKind.TAXONOMY);
      default -> throw new AssertionError(RESOURCE + " is of kind " + kind);
    }
  }

  private static <R extends CatalogResource<?>> void run(
      Scenario scenario, CatalogKind<?, R> kind) {
    Map<String, String> files = new HashMap<>();
    List<CatalogResource<?>> resources = new ArrayList<>();
    R resource = scenario.read(RESOURCE, kind.resourceType());
    resources.add(resource);
    for (String file : scenario.others()) {
      boolean collection = scenario.yaml(file).path("kind").asText().equals("Collection");
      CatalogKind<?, ?> ofFile = collection ? CatalogKind.COLLECTION : CatalogKind.TAXONOMY;
      CatalogResource<?> other = scenario.read(file, ofFile.resourceType());
      files.put(other.getMetadata().getUid(), file);
      resources.add(other);
    }
    List<JsonNode> asRead = resources.stream().map(Yaml::tree).toList();
    Set<String> found = new TreeSet<>();
    Consumer<CatalogResource<?>> note =
        hit -> Optional.ofNullable(files.get(hit.getMetadata().getUid())).ifPresent(found::add);

    ReportedStatus status = status(kind, resource, resources, note, NOW);

    StatusLinter.check(resource, resource.getStatus(), status);
    assertThat(resources.stream().map(Yaml::tree).toList())
        .as("what is handed in is only read")
        .isEqualTo(asRead);
    assertThat(again(kind, resource, status, resources))
        .as("the status when asked for again")
        .isEqualTo(Yaml.tree(status));
    scenario.used(found);
    scenario.expect(Map.of(STATUS, Yaml.tree(status)));
  }

  private static <R extends CatalogResource<?>> ReportedStatus status(
      CatalogKind<?, R> kind,
      R resource,
      List<CatalogResource<?>> all,
      Consumer<CatalogResource<?>> note,
      Instant now) {
    Lookups lookups =
        new Lookups(
            noting(CatalogKind.COLLECTION, all, note), noting(CatalogKind.TAXONOMY, all, note));
    ReferenceCycles cycles =
        ReferenceCycles.of(
            all.stream()
                .filter(r -> r.reportedId().isEmpty() && !r.references().isEmpty())
                .toList());
    if (cycles.member(resource).isPresent()) {
      cycles.members().forEach(note);
    }
    return new CatalogLogic<>(kind).status(resource, noting(kind, all, note), lookups, cycles, now);
  }

  private static <R extends CatalogResource<?>> Lookup<R> noting(
      CatalogKind<?, R> kind, List<CatalogResource<?>> all, Consumer<CatalogResource<?>> note) {
    InMemoryLookup<R> lookup =
        InMemoryLookup.of(
            kind,
            all.stream()
                .filter(kind.resourceType()::isInstance)
                .map(kind.resourceType()::cast)
                .toList());
    return key -> {
      List<R> hits = lookup.find(key);
      hits.forEach(note);
      return hits;
    };
  }

  /** What is said an hour later, when what was said has been written. */
  private static <R extends CatalogResource<?>> JsonNode again(
      CatalogKind<?, R> kind,
      R resource,
      ReportedStatus status,
      List<CatalogResource<?>> resources) {
    ObjectNode json = (ObjectNode) Yaml.tree(resource);
    json.set("status", Yaml.tree(status));
    R written = Serialization.unmarshal(json.toString(), kind.resourceType());
    List<CatalogResource<?>> now = new ArrayList<>(resources);
    now.set(0, written);
    return Yaml.tree(status(kind, written, now, hit -> {}, LATER));
  }
}
