package com.mixpeek.operator.cluster;

import java.util.function.BooleanSupplier;

/** Whether this process is the one that works. Without a second replica it always is. */
public interface Leadership {

  /** Whether it may write at this moment. */
  boolean leads();

  /** Calls the listener each time this process becomes the one that works after it was not. */
  void onStart(Runnable listener);

  /** The same, of what works until it is over. */
  default Leadership until(BooleanSupplier over) {
    Leadership leadership = this;
    return new Leadership() {
      @Override
      public boolean leads() {
        return !over.getAsBoolean() && leadership.leads();
      }

      @Override
      public void onStart(Runnable listener) {
        leadership.onStart(listener);
      }
    };
  }

  /** For a process that has no other beside it. */
  static Leadership always() {
    return new Leadership() {
      @Override
      public boolean leads() {
        return true;
      }

      @Override
      public void onStart(Runnable listener) {
        // It never was not.
      }
    };
  }
}
