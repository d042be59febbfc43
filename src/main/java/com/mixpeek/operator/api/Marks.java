package com.mixpeek.operator.api;

/** Labels and annotations that everything made by a clone carries. */
public final class Marks {

  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String OPERATOR = "mixpeek-operator";

  /** Label: the UID of the clone that made the resource; what makes it that clone's own. */
  public static final String CLONE_UID = "mixpeek.com/clone-uid";

  /** Annotation: the name of the clone that made the resource. */
  public static final String CLONED_BY = "mixpeek.com/cloned-by";

  /** Annotation: {@code metadata.name} of the source at the time of the copy. */
  public static final String SOURCE_NAME = "mixpeek.com/source-name";

  /** Annotation: the source's ID at the time of the copy. */
  public static final String SOURCE_ID = "mixpeek.com/source-id";

  /** Annotation: the source's {@code metadata.generation} that was copied. */
  public static final String SOURCE_GENERATION = "mixpeek.com/source-generation";

  /** Annotation: the digest of the order ({@code sourceRef} and {@code overrides}). */
  public static final String CLONE_DIGEST = "mixpeek.com/clone-digest";

  private Marks() {}
}
