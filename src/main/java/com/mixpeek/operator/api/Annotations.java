package com.mixpeek.operator.api;

import java.util.Set;

/** The annotations that everything made by a clone carries. */
public final class Annotations {

  /** The name of the clone that made the resource. */
  public static final String CLONED_BY = "mixpeek.com/cloned-by";

  /** {@code metadata.name} of the source at the time of the copy. */
  public static final String SOURCE_NAME = "mixpeek.com/source-name";

  /** The source's ID at the time of the copy. */
  public static final String SOURCE_ID = "mixpeek.com/source-id";

  /** The source's {@code metadata.generation} that was copied. */
  public static final String SOURCE_GENERATION = "mixpeek.com/source-generation";

  /** The digest of {@code sourceRef} and {@code overrides}. */
  public static final String CLONE_DIGEST = "mixpeek.com/clone-digest";

  /**
   * The fields that a clone overrode, separated by commas, on what stands for something at Mixpeek:
   * they are what its clone endpoint is sent.
   */
  public static final String OVERRIDDEN_FIELDS = "mixpeek.com/overridden-fields";

  /** All that the operator writes on a target. */
  public static final Set<String> ALL =
      Set.of(CLONED_BY, SOURCE_NAME, SOURCE_ID, SOURCE_GENERATION, CLONE_DIGEST, OVERRIDDEN_FIELDS);

  private Annotations() {}
}
