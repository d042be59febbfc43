package com.mixpeek.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/**
 * What a newer version may write must not stop this one: one such object would stop the informer.
 */
class NewerVersionTest {

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void anUnknownDeletionPolicyLosesNothing() {
    CollectionClone clone =
        serialization.unmarshal(
            """
            {"apiVersion": "mixpeek.com/v1alpha1", "kind": "CollectionClone",
             "metadata": {"name": "c"},
             "spec": {"sourceRef": {"name": "s"}, "overrides": {}, "deletionPolicy": "Archive",
                      "unknown": [1], "targetMetadata": {"finalizers": ["x"]}},
             "status": {"unknown": {"a": 1}, "conditions": [{"type": "New", "unknown": true}]}}
            """,
            CollectionClone.class);
    assertThat(clone.getSpec().getDeletionPolicy()).isEqualTo(DeletionPolicy.Retain);
    assertThat(clone.getStatus().unknown()).containsKey("unknown");
  }
}
