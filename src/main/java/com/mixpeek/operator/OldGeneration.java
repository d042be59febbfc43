package com.mixpeek.operator;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/**
 * Has the JVM collect its old generation when that has grown by a part.
 *
 * <p>Up to Java 24 the Serial collector does so by itself. From Java 25 on it lets the old
 * generation grow up to the limit of the heap first, garbage and all, so that a pod takes all the
 * memory that it may have.
 */
final class OldGeneration implements NotificationListener {

  /** Tells of the pools. */
  static final NotificationEmitter MEMORY =
      (NotificationEmitter) ManagementFactory.getMemoryMXBean();

  private static final String SERIAL = "Tenured Gen";
  private static final int FIRST = 25;

  /** In bytes: what some thousand clones take. Below it a collection saves too little. */
  static final long SMALL = 25L * 1024 * 1024;

  /** How much it may grow: each collection stops everything for a moment. */
  private static final double GROWTH = 1.25;

  private final MemoryPoolMXBean pool;

  OldGeneration(MemoryPoolMXBean pool) {
    this.pool = pool;
  }

  /** Does so from now on where the JVM does not. */
  static void keepSmall() {
    if (Runtime.version().feature() < FIRST) {
      return;
    }
    ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals(SERIAL))
        .map(OldGeneration::new)
        .forEach(old -> old.watch(SMALL));
  }

  /**
   * Collects whenever it has grown from now on.
   *
   * @param size at which to do so for the first time, in bytes
   */
  void watch(long size) {
    // First: where it has grown already the JVM tells so at once, and once.
    MEMORY.addNotificationListener(this, null, null);
    next(size);
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
      System.gc();
      next(Math.max(SMALL, (long) (pool.getUsage().getUsed() * GROWTH)));
    }
  }

  private void next(long size) {
    pool.setUsageThreshold(Math.min(size, pool.getUsage().getMax()));
  }
}
