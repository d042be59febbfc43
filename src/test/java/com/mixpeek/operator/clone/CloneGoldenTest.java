package com.mixpeek.operator.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.Scenario;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a clone makes, and what it says: one folder a case, in {@code src/test/resources/clone}.
 *
 * <p>{@code in-clone.yaml} is the clone; the other {@code in-….yaml} are the Collections or
 * Taxonomies that exist. {@code out-target.yaml} is what is created, and is absent where nothing
 * is; {@code out-status.yaml} is the clone's status after, where something is created: once that
 * has been given its ID.
 */
class CloneGoldenTest {

  private static final String CLONE = "in-clone.yaml";
  private static final String TARGET = "out-target.yaml";
  private static final String STATUS = "out-status.yaml";

  private static final List<Scenario> ALL = Scenario.all("clone", CLONE, Set.of(TARGET, STATUS));

  @TestFactory
  Stream<DynamicTest> scenarios() {
    return ALL.stream().map(s -> dynamicTest(s.name(), s.uri(), () -> run(s)));
  }

  private static void run(Scenario scenario) {
    String kind = scenario.yaml(CLONE).path("kind").asText();
    switch (kind) {
      case "CollectionClone" -> run(scenario, CatalogKind.COLLECTION);
      case "TaxonomyClone" -> run(scenario, CatalogKind.TAXONOMY);
      default -> throw new AssertionError(CLONE + " is of kind " + kind);
    }
  }

  private static void run(Scenario scenario, CatalogKind<?, ?> kind) {
    ScenarioResult result = ScenarioResult.of(scenario, kind, CLONE);
    scenario.used(result.found());
    scenario.expect(
        result.target() == null
            ? Map.of(STATUS, result.status())
            : Map.of(TARGET, result.target(), STATUS, result.status()));
  }

  /** What only an API server can cause is left to the operator's own suites. */
  @Test
  void everyReasonHasAScenario() {
    Set<Reason> reasons =
        ALL.stream()
            .map(s -> s.yaml(STATUS).path("conditions").path(0).path("reason").asText())
            .map(Reason::valueOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));

    Set<Reason> expected = EnumSet.range(Reason.Cloned, Reason.Suspended);
    expected.remove(Reason.CreateRefused);
    assertThat(reasons).containsExactlyElementsOf(expected);
  }

  /** Given, null and absent: each field of each kind in each of the ways to write it. */
  @Test
  void everyOverrideFieldHasAScenario() {
    for (CatalogKind<?, ?> kind : List.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY)) {
      Set<String> given = new TreeSet<>();
      Set<String> nulls = new TreeSet<>();
      Set<String> absent = new TreeSet<>();
      for (Scenario scenario : ALL) {
        JsonNode clone = scenario.yaml(CLONE);
        if (clone.path("kind").asText().equals(kind.cloneType().getSimpleName())) {
          JsonNode overrides = clone.path("spec").path("overrides");
          for (String field : kind.overridable()) {
            (overrides.hasNonNull(field) ? given : overrides.has(field) ? nulls : absent)
                .add(field);
          }
        }
      }
      Set<String> optional = new TreeSet<>(kind.overridable());
      assertThat(given).containsExactlyElementsOf(optional);
      optional.remove(kind.nameField());
      assertThat(nulls).containsExactlyElementsOf(optional);
      assertThat(absent).containsExactlyElementsOf(optional);
    }
  }
}
