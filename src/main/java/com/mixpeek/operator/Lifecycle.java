package com.mixpeek.operator;

/** What a replica runs: started once, closed once. */
interface Lifecycle extends AutoCloseable {

  /** Starts, and returns once it knows all that exists. */
  void start();

  @Override
  void close();
}
