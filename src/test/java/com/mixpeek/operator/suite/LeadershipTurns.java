package com.mixpeek.operator.suite;

import com.mixpeek.operator.cluster.Leadership;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Leads until that is ended, and again when it is begun. */
final class LeadershipTurns implements Leadership {

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean leads = true;

  void end() {
    leads = false;
  }

  void begin() {
    leads = true;
    listeners.forEach(Runnable::run);
  }

  @Override
  public boolean leads() {
    return leads;
  }

  @Override
  public void onStart(Runnable listener) {
    listeners.add(listener);
  }
}
