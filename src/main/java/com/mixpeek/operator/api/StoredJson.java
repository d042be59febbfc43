package com.mixpeek.operator.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads and writes whatever an API server stores: some 1.5 MB, up to 10,000 levels deep. Jackson's
 * own limits are below that, and what exceeds them would end the informer of the whole kind.
 */
public final class StoredJson {

  private static final int LEVELS = 10_100;
  private static final int LENGTH = 20_000_000;

  private StoredJson() {}

  /** A mapper of one's own, to be configured. */
  public static ObjectMapper mapper() {
    return new ObjectMapper(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(LEVELS)
                    .maxNameLength(LENGTH)
                    .maxNumberLength(LENGTH)
                    .build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(LEVELS).build())
            .build());
  }
}
