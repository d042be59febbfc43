package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.RealServer;
import org.junit.jupiter.api.Test;

class LongNamesOnServerTest {

  @Test
  void theLongestNameThatThereMayBe() {
    String longest = "a".repeat(215) + "." + "b".repeat(37);
    assertThat(longest).hasSize(253);
    try (World<?, ?> world =
        new World<>(CatalogKind.COLLECTION, RealServer.orSkip("the longest names"))) {
      world.startOperator();
      world.resource("origin", "origin_name");
      world.clone(longest, "origin", "c".repeat(100));
      world.awaitReason(longest, Reason.Cloned);
      assertThat(world.events(Reason.Cloned)).containsExactly(longest);
    }
  }
}
