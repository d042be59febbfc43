package com.mixpeek.operator.cli.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mixpeek.operator.cli.cluster.Health;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Clones and their summary for programs. */
public final class StatusJson {

  /** So that nothing in it can be obeyed by a terminal that shows it. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private StatusJson() {}

  static String document(Collection<CloneRow> rows, Instant now) {
    Summary summary = new Summary(rows);
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("clones", rows.size());
    counts.put("cloned", summary.count(Health.HEALTHY));
    counts.put("waiting", summary.count(Health.PROGRESSING));
    counts.put("suspended", summary.count(Health.SUSPENDED));
    counts.put("needYou", summary.count(Health.DEGRADED));
    Map<String, Object> document = new LinkedHashMap<>();
    Stream<CloneRow> sorted = rows.stream().sorted(CloneRow.URGENT_FIRST);
    document.put("clones", sorted.map(row -> fields(row, now)).toList());
    document.put("summary", counts);
    return write(JSON.writerWithDefaultPrettyPrinter(), document);
  }

  /** A line that tells of one change. */
  public static String line(CloneRow row, boolean deleted, Instant now) {
    Map<String, Object> fields = fields(row, now);
    if (deleted) {
      fields.put("deleted", true);
    }
    return write(JSON.writer(), fields);
  }

  private static Map<String, Object> fields(CloneRow row, Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", row.kind());
    fields.put("namespace", row.namespace());
    fields.put("name", row.name());
    fields.put("source", row.source());
    fields.put("target", row.target());
    fields.put("id", row.id().isEmpty() ? null : row.id());
    fields.put("standing", row.health().key);
    fields.put("reason", row.seen() ? row.reason() : null);
    fields.put("since", Objects.toString(row.since(), null));
    fields.put("message", row.explanation(now));
    return fields;
  }

  private static String write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
