package com.mixpeek.operator.testing.server;

import com.mixpeek.operator.cluster.Leadership;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Leads from when a test begins that until it ends it; how a lease says it is tested elsewhere. */
public final class TestLeadership implements Leadership {

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean leads;

  public void begin() {
    if (!leads) {
      leads = true;
      listeners.forEach(Runnable::run);
    }
  }

  public void end() {
    leads = false;
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
