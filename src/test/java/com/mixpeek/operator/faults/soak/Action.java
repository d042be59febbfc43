package com.mixpeek.operator.faults.soak;

/** What can happen, and how often beside the others. */
enum Action {
  CREATE_RESOURCE(14),
  RENAME_RESOURCE(3),
  DESCRIBE_RESOURCE(4),
  DELETE_RESOURCE(5),
  /** Deletes it and creates it again, with its labels and annotations. */
  RECREATE_RESOURCE(2),
  /** Removes its finalizers. */
  FREE_RESOURCE(3),
  /** Removes the label that says which clone made it, and the owner. */
  STRIP_RESOURCE(1),
  /** Creates another one with its labels and annotations. */
  COPY_RESOURCE(2),

  CREATE_CLONE(20),
  RENAME_OVERRIDE(4),
  SUSPEND_CLONE(2),
  RESUME_CLONE(7),
  TURN_POLICY(4),
  DELETE_CLONE(5),
  RECREATE_CLONE(4),
  COLLECT_GARBAGE(4),

  /** A replica's connection is lost at one of its next writes. */
  DISCONNECT(3),
  RESTART(3),
  STOP(1),
  LEAD(3),
  FAULT(12),
  END_WATCHES(2),
  PAUSE(16),
  SETTLE(6);

  private final int weight;

  Action(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }
}
