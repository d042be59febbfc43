package com.mixpeek.operator.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.testing.Scenario;
import com.mixpeek.operator.testing.StatusLinter;
import com.mixpeek.operator.testing.Yaml;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of a clone, as the reconciler would bring it about, but for the wire.
 *
 * @param target what was created, null where nothing was
 * @param status the clone's status after
 * @param found the files whose resources were looked at
 */
record ScenarioResult(JsonNode target, JsonNode status, Set<String> found) {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));

  static <C extends CloneResource<?>, R extends CatalogResource<?>> ScenarioResult of(
      Scenario scenario, CatalogKind<C, R> kind, String file) {
    Map<R, String> files = new IdentityHashMap<>();
    List<R> resources = new ArrayList<>();
    for (String other : scenario.others()) {
      assertThat(scenario.yaml(other).path("kind").asText()).isEqualTo(kind.name());
      R resource = scenario.read(other, kind.resourceType());
      files.put(resource, other);
      resources.add(resource);
    }
    C clone = scenario.read(file, kind.cloneType());
    Map<Object, JsonNode> asRead = copies(clone, resources);
    Set<String> found = new TreeSet<>();

    ScenarioResult result =
        new Attempt<>(kind, clone, InMemoryLookup.of(kind, resources)).result(files, found);

    assertThat(copies(clone, resources)).as("what is handed in is only read").isEqualTo(asRead);
    return result;
  }

  private static Map<Object, JsonNode> copies(Object clone, List<?> resources) {
    Map<Object, JsonNode> copies = new LinkedHashMap<>();
    copies.put("clone", Yaml.tree(clone));
    for (int i = 0; i < resources.size(); i++) {
      copies.put(i, Yaml.tree(resources.get(i)));
    }
    return copies;
  }

  private record Attempt<C extends CloneResource<?>, R extends CatalogResource<?>>(
      CatalogKind<C, R> kind, C order, InMemoryLookup<R> lookup) {

    ScenarioResult result(Map<R, String> files, Set<String> found) {
      Verdict<R> verdict =
          new CloneLogic<>(kind)
              .decide(
                  order,
                  key -> {
                    List<R> hits = lookup.find(key);
                    hits.forEach(hit -> found.add(files.get(hit)));
                    return hits;
                  });
      if (verdict instanceof Verdict.Create<R> create) {
        JsonNode target = Yaml.tree(create.desired());
        R made = withId(target);
        lookup.put(made);
        return new ScenarioResult(target, settled(), found);
      }
      return new ScenarioResult(null, settled(), found);
    }

    /** The status, which asked for again an hour later says not a letter else. */
    private JsonNode settled() {
      CloneStatus status = status(NOW);
      StatusLinter.check(order, order.getStatus(), status);
      ObjectNode after = (ObjectNode) Yaml.tree(order);
      after.set("status", Yaml.tree(status));
      C again = Serialization.unmarshal(after.toString(), kind.cloneType());
      assertThat(Yaml.tree(new Attempt<>(kind, again, lookup).status(LATER)))
          .as("the status when asked for again")
          .isEqualTo(Yaml.tree(status));
      return Yaml.tree(status);
    }

    private CloneStatus status(Instant now) {
      Verdict<R> verdict = new CloneLogic<>(kind).decide(order, lookup);
      Optional<CloneStatus> status = StatusLogic.of(kind, order, verdict, now);
      assertThat(status.isEmpty()).isEqualTo(verdict instanceof Verdict.Unchanged);
      return status.orElseGet(order::getStatus);
    }

    /** The target as the API server and the catalog would give it back. */
    private R withId(JsonNode created) {
      ObjectNode target = created.deepCopy();
      ObjectNode metadata = (ObjectNode) target.get("metadata");
      metadata.put("uid", "0e0e0e0e-0000-4000-8000-00000000000e").put("generation", 1);
      metadata.put("creationTimestamp", NOW.toString());
      target.putObject("status").put(kind.idField(), kind.idPrefix() + "Target0001");
      return Serialization.unmarshal(target.toString(), kind.resourceType());
    }
  }
}
