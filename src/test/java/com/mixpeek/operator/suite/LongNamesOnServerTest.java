package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import org.junit.jupiter.api.Test;

class LongNamesOnServerTest {

  @Test
  void theLongestNameThatThereMayBe() {
    String longest = "a".repeat(215) + "." + "b".repeat(37);
    assertThat(longest).hasSize(253);
    try (TestNamespace namespace = TestNamespace.onRealServer("the longest names")) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      namespace.startOperator();
      resources.createResource("origin", "origin_name");
      resources.createClone(longest, "origin", "c".repeat(100));
      resources.awaitReason(longest, Reason.Cloned);
      assertThat(resources.events(Reason.Cloned)).containsExactly(longest);
    }
  }
}
