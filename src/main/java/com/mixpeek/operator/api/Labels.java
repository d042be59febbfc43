package com.mixpeek.operator.api;

/** The labels that everything made by a clone carries. */
public final class Labels {

  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY}. */
  public static final String OPERATOR = "mixpeek-operator";

  /** The UID of the clone that made the resource; what makes it that clone's own. */
  public static final String CLONE_UID = "mixpeek.com/clone-uid";

  private Labels() {}
}
