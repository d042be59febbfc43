package com.mixpeek.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Collection;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RemoteDeletionsTest {

  /** It may say now that the copy at Mixpeek is to stay. */
  @Test
  void whatIsChangedWhileItIsWorkedOnIsWorkedOnAtOnce() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    List<String> seen = new CopyOnWriteArrayList<>();
    try (RemoteDeletions<Collection> deletions =
        new RemoteDeletions<>(
            resource -> {
              seen.add(resource.getMetadata().getResourceVersion());
              begun.countDown();
              await(changed);
              return Optional.of(Duration.ofHours(1));
            })) {
      deletions.begin(collection("1"));
      await(begun);
      deletions.begin(collection("2"));
      changed.countDown();
      Awaitility.await().untilAsserted(() -> assertThat(seen).containsExactly("1", "2"));
      deletions.begin(collection("3"));
      Awaitility.await().untilAsserted(() -> assertThat(seen).containsExactly("1", "2", "3"));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Collection collection(String version) {
    Collection collection = new Collection();
    collection.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("a")
            .withName("b")
            .withUid("u")
            .withResourceVersion(version)
            .build());
    return collection;
  }
}
