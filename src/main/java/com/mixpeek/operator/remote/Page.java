package com.mixpeek.operator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A page of a list.
 *
 * @param next asks for the next page, empty on the last one
 * @param complete false where there is more that the API has no way to ask for
 */
public record Page(List<ObjectNode> results, Optional<RemoteRequest> next, boolean complete) {

  static final String LIMIT = "limit";

  private static final String OFFSET = "offset";
  private static final String CURSOR = "cursor";

  /** The largest offset that the API takes. */
  private static final int LAST_OFFSET = 10_000;

  /**
   * Reads the answer to a list, and goes on by the API's cursor where it gives one.
   *
   * @param before what was asked for of the list before this page, which is added: what cursors
   *     lead back to would be asked for without end
   */
  public static Page of(RemoteRequest asked, JsonNode answer, Set<RemoteRequest> before) {
    before.add(asked);
    Page page = read(asked, answer);
    return page.next().filter(before::contains).isPresent()
        ? new Page(page.results(), Optional.empty(), false)
        : page;
  }

  private static Page read(RemoteRequest asked, JsonNode answer) {
    List<ObjectNode> results = new ArrayList<>();
    for (JsonNode result : answer.path("results")) {
      if (result instanceof ObjectNode object) {
        results.add(object);
      }
    }
    String cursor = answer.at("/pagination/next_cursor").asText("");
    if (!cursor.isEmpty()) {
      return new Page(results, Optional.of(asked.with(CURSOR, cursor)), true);
    }
    int limit = Integer.parseInt(asked.query().get(LIMIT));
    int next = Integer.parseInt(asked.query().getOrDefault(OFFSET, "0")) + limit;
    // It is counted only where that is asked for: no more than this page is no total.
    int total = answer.path("total_count").asInt();
    boolean last =
        asked.query().containsKey(CURSOR)
            // Where there are more than were asked for, they are all.
            || results.size() != limit
            || total > results.size() && next >= total;
    return last || next > LAST_OFFSET
        ? new Page(results, Optional.empty(), last)
        : new Page(results, Optional.of(asked.with(OFFSET, Integer.toString(next))), true);
  }
}
