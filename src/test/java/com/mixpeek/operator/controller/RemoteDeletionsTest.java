package com.mixpeek.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Collection;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RemoteDeletionsTest {

  private static final Duration BETWEEN = Duration.ofMillis(500);

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

  /** Or an operator would keep a worker for each namespace that there ever was. */
  @Test
  void nothingIsKeptOfConnectionsThatHaveNothingMoreToDo() {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (RemoteDeletions<Collection> deletions =
        new RemoteDeletions<>(
            resource -> {
              seen.add(resource.getMetadata().getNamespace());
              return Optional.empty();
            })) {
      for (int i = 0; i < 20; i++) {
        Collection collection = collection("1");
        collection.getMetadata().setNamespace("preview-" + i);
        collection.getMetadata().setUid("uid-" + i);
        deletions.begin(collection);
      }
      Awaitility.await().until(() -> seen.size() == 20 && deletions.isIdle());
    }
  }

  /** As often as it says itself, however closely events follow each other. */
  @Test
  void whatBeginsAnewInTheMomentInWhichItsTurnComesIsWorkedOnOnce() {
    CountDownLatch turn = new CountDownLatch(1);
    CountDownLatch begunAnew = new CountDownLatch(1);
    List<String> seen = new CopyOnWriteArrayList<>();
    Collection slow = new Slow(turn, begunAnew);
    slow.setMetadata(collection("1").getMetadata());
    try (RemoteDeletions<Collection> deletions =
        new RemoteDeletions<>(
            resource -> {
              seen.add(resource.getMetadata().getResourceVersion());
              return Optional.of(BETWEEN);
            })) {
      Instant start = Instant.now();
      deletions.begin(slow);
      await(turn);
      deletions.begin(collection("2"));
      begunAnew.countDown();
      Awaitility.await()
          .pollDelay(Duration.ofSeconds(5))
          .untilAsserted(
              () ->
                  assertThat(seen.size() - 4L)
                      .isLessThan(Duration.between(start, Instant.now()).dividedBy(BETWEEN)));
    }
  }

  /** Stops at the beginning of its turn. */
  @Group("mixpeek.com")
  @Version("v1alpha1")
  private static final class Slow extends Collection {

    private final CountDownLatch turn;
    private final CountDownLatch goesOn;

    private Slow(CountDownLatch turn, CountDownLatch goesOn) {
      this.turn = turn;
      this.goesOn = goesOn;
    }

    @Override
    public ObjectMeta getMetadata() {
      if (Thread.currentThread().getName().contains("delete at Mixpeek")) {
        turn.countDown();
        await(goesOn);
      }
      return super.getMetadata();
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
