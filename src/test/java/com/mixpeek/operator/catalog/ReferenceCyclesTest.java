package com.mixpeek.operator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Collection;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Circles of any length, among whatever else waits. */
class ReferenceCyclesTest {

  private static final int MANY = 10_000;

  @Test
  void aChainIsNoCircle() {
    List<CatalogResource<?>> chain = chain(MANY);

    assertThat(ReferenceCycles.of(chain).members()).isEmpty();
  }

  /** Neither a stack that is used up, nor a look at all for each of all. */
  @Test
  @Timeout(20)
  void aCircleOfTenThousand() {
    List<CatalogResource<?>> all = chain(MANY);
    all.set(0, collection("c0", "c" + (MANY - 1)));
    all.add(collection("beside", "c5"));
    Collections.shuffle(all, new Random(1));

    ReferenceCycles cycles = ReferenceCycles.of(all);

    assertThat(cycles.members()).hasSize(MANY);
    assertThat(cycles.closing(collection("beside", "c5"))).isEmpty();
    assertThat(cycles.path(collection("c9", "c8")))
        .isEqualTo(
            "Collection c9 → Collection c8 → Collection c7 → Collection c6 → Collection c5 →"
                + " Collection c4 → … → Collection c9");
  }

  @Test
  void twoCirclesThatShareOneAreBothFound() {
    ReferenceCycles cycles =
        ReferenceCycles.of(
            List.of(
                collection("a", "b", "c"),
                collection("b", "a"),
                collection("c", "d"),
                collection("d", "a"),
                collection("before", "a"),
                collection("behind", "nowhere")));

    assertThat(cycles.members())
        .extracting(member -> member.getMetadata().getName())
        .containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(cycles.path(collection("d", "a")))
        .isEqualTo("Collection d → Collection a → Collection b → … → Collection d");
  }

  @Test
  void theSameNameInAnotherNamespaceIsAnother() {
    Collection elsewhere = collection("b", "a");
    elsewhere.getMetadata().setNamespace("other");

    assertThat(ReferenceCycles.of(List.of(collection("a", "b"), elsewhere)).members()).isEmpty();
  }

  private static List<CatalogResource<?>> chain(int length) {
    List<CatalogResource<?>> chain = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      chain.add(collection("c" + i, "c" + (i - 1)));
    }
    return chain;
  }

  private static Collection collection(String name, String... refs) {
    Collection collection = CatalogKind.COLLECTION.newResource().get();
    collection.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("ns").build());
    ObjectNode source = collection.getSpec().putObject("source").put("type", "collection");
    for (String ref : refs) {
      source.withArray("collectionRefs").addObject().put("name", ref);
    }
    return collection;
  }
}
