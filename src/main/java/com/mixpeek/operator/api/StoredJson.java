package com.mixpeek.operator.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads and writes whatever an API server stores: some 1.5 MB, up to 10,000 levels deep. Jackson's
 * own limits are below that, and what exceeds them would end the informer of the whole kind.
 */
public final class StoredJson {

  private static final int LEVELS = 10_100;
  private static final int LENGTH = 20_000_000;

  private StoredJson() {}

  /**
   * Whether two numbers are one to an API server: it writes 1.0 as 1, and keeps what is beyond 64
   * bits as a double.
   */
  public static boolean isSameNumber(JsonNode one, JsonNode other) {
    boolean small = one.canConvertToLong();
    return small == other.canConvertToLong()
        && (small
            ? one.decimalValue().compareTo(other.decimalValue()) == 0
            : one.doubleValue() == other.doubleValue());
  }

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
