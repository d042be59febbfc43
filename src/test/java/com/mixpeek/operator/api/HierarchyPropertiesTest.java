package com.mixpeek.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** The search for orphans and cycles agrees with one that is slow and plain. */
class HierarchyPropertiesTest {

  private static final int ROOT = -1;

  /** Not nodes: the first is one of {@code inferenceCollections}, the second of nothing. */
  private static final int INFERRED = -2;

  private static final int UNKNOWN = -3;

  @Property(tries = 1000)
  @StatisticsReport(onFailureOnly = true)
  void agreesWithPlainSearch(@ForAll("parents") List<Integer> parents, @ForAll boolean strategy) {
    ObjectNode spec = spec(parents, strategy);
    ObjectNode before = spec.deepCopy();

    Optional<String> problem = SpecCheck.problem(spec).map(SpecCheck.Problem::message);

    boolean orphan = parents.stream().anyMatch(p -> p == UNKNOWN || (p == INFERRED && !strategy));
    boolean cycle = false;
    for (int node = 0; node < parents.size(); node++) {
      cycle |= isItsOwnAncestor(node, parents);
    }
    Statistics.collect(orphan ? "orphan" : cycle ? "cycle" : "forest");
    Statistics.coverage(
        seen ->
            List.of("orphan", "cycle", "forest")
                .forEach(what -> seen.check(what).percentage(p -> p > 10)));
    if (orphan) {
      assertThat(problem.orElseThrow()).contains("is not a node");
    } else if (cycle) {
      assertThat(problem.orElseThrow()).contains("is its own ancestor");
    } else {
      assertThat(problem).isEmpty();
    }
    assertThat(spec).isEqualTo(before);
  }

  /** Follows the parents as often as there are nodes. */
  private static boolean isItsOwnAncestor(int node, List<Integer> parents) {
    int at = node;
    for (int step = 0; step < parents.size(); step++) {
      at = parents.get(at);
      if (at < 0) {
        return false;
      }
      if (at == node) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode spec(List<Integer> parents, boolean strategy) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    ObjectNode config = spec.putObject("config").put("taxonomyType", "hierarchical");
    if (strategy) {
      config.put("inferenceStrategy", "schema");
    }
    config.putArray("inferenceCollections").add("col_inferred");
    ArrayNode nodes = config.putArray("hierarchicalNodes");
    for (int i = 0; i < parents.size(); i++) {
      ObjectNode node = nodes.addObject().put("collectionId", "col_" + i);
      switch (parents.get(i)) {
        case ROOT -> node.put("label", "a root");
        case INFERRED -> node.put("parentCollectionId", "col_inferred");
        case UNKNOWN -> node.put("parentCollectionId", "col_unknown");
        default -> node.put("parentCollectionId", "col_" + parents.get(i));
      }
    }
    return spec;
  }

  /** Half of them forests, each node below an earlier one; the others anything. */
  @Provide
  Arbitrary<List<Integer>> parents() {
    Arbitrary<List<Integer>> any =
        Arbitraries.integers()
            .between(1, 12)
            .flatMap(n -> Arbitraries.integers().between(INFERRED, n - 1).list().ofSize(n));
    Arbitrary<List<Integer>> withOrphans =
        Arbitraries.integers()
            .between(1, 12)
            .flatMap(n -> Arbitraries.integers().between(UNKNOWN, n - 1).list().ofSize(n));
    Arbitrary<List<Integer>> forests =
        any.map(
            list -> {
              Integer[] parents = list.toArray(Integer[]::new);
              for (int i = 0; i < parents.length; i++) {
                parents[i] = parents[i] >= i ? ROOT : parents[i];
              }
              return List.of(parents);
            });
    return Arbitraries.oneOf(forests, any, withOrphans);
  }
}
