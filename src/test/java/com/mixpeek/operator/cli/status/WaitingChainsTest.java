package com.mixpeek.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.cli.cluster.Lister;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What long chains and circles of clones wait for. */
class WaitingChainsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CLONE =
      """
      {"metadata": {"name": "c%1$d", "namespace": "default", "uid": "%1$d"},
       "spec": {"sourceRef": {"name": "c%2$d"}, "overrides": {"collectionName": "name_%1$d"}},
       "status": {"conditions": [{"type": "Ready", "status": "False", "reason": "SourceNotFound",
                                  "message": "."}]}}
      """;

  @Test
  void aChainOfThousandsIsFollowedOnce() {
    List<CollectionClone> clones = clones(20_000, n -> n + 1);
    WaitingChains chains = new WaitingChains(lister(clones), "default");
    List<String> roots =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> clones.stream().map(chains::root).toList());
    assertThat(roots.subList(0, 19_999))
        .containsOnly("At the root of it: there is no Collection c20000 in namespace default.");
    assertThat(roots.get(19_999)).isEmpty();
  }

  /** Whichever is asked for first. */
  @Test
  void whatLeadsIntoACircleIsToldWhereItComesToIt() {
    List<CollectionClone> clones = clones(5, n -> n == 4 ? 2 : n + 1);
    for (List<Integer> order : List.of(List.of(0, 1, 2, 3, 4), List.of(4, 3, 2, 1, 0))) {
      WaitingChains chains = new WaitingChains(lister(clones), "default");
      order.forEach(
          n ->
              assertThat(chains.root(clones.get(n)))
                  .startsWith(
                      "It waits for a circle, of which one member is CollectionClone c%d: "
                          .formatted(Math.max(n, 2))));
    }
  }

  private static List<CollectionClone> clones(int number, IntUnaryOperator source) {
    return IntStream.range(0, number)
        .mapToObj(n -> clone(CLONE.formatted(n, source.applyAsInt(n))))
        .toList();
  }

  private static CollectionClone clone(String json) {
    try {
      return JSON.readValue(json, CollectionClone.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Lister lister(List<CollectionClone> clones) {
    return new Lister() {
      @Override
      @SuppressWarnings("unchecked")
      public <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
        return type == CollectionClone.class ? (List<T>) clones : List.of();
      }
    };
  }
}
