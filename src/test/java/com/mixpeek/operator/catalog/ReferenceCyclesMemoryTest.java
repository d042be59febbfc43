package com.mixpeek.operator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.Collection;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceCyclesMemoryTest {

  /** The next look, which would let go of it, may never come. */
  @Test
  void whatIsInNoCircleIsNotKept() {
    Collection waiting = new Collection();
    waiting.getMetadata().setName("waiting");
    waiting.getMetadata().setNamespace("production");
    ReferenceCycles cycles = ReferenceCycles.of(List.of(waiting));
    WeakReference<Collection> kept = new WeakReference<>(waiting);
    waiting = null;
    await()
        .until(
            () -> {
              System.gc();
              return kept.get() == null;
            });
    assertThat(cycles.members()).isEmpty();
  }
}
