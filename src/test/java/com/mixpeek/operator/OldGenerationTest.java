package com.mixpeek.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import javax.management.ListenerNotFoundException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OldGenerationTest {

  private static final MemoryPoolMXBean POOL =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getName().matches(".*(Old|Tenured) Gen"))
          .findAny()
          .orElseThrow();

  private final OldGeneration old = new OldGeneration(POOL);

  @AfterEach
  void isLeftAlone() throws ListenerNotFoundException {
    OldGeneration.MEMORY.removeNotificationListener(old);
    POOL.setUsageThreshold(0);
  }

  @Test
  void isCollectedOnceItHasGrown() {
    long before = collections();
    old.watch(1);
    // The JVM compares after each collection.
    System.gc();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(POOL.getUsageThreshold()).isGreaterThanOrEqualTo(OldGeneration.SMALL));
    assertThat(collections()).isGreaterThanOrEqualTo(before + 2);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
