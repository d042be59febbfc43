package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.JsonObject;
import com.mixpeek.operator.api.RemoteStatus;
import com.mixpeek.operator.remote.RemoteSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What Mixpeek's answers say of a resource, as its status tells it. */
final class RemoteReading {

  private RemoteReading() {}

  /** The same as it was where nothing but the time of reading would change. */
  static RemoteStatus status(RemoteStatus before, JsonNode content, Instant time) {
    RemoteStatus now =
        new RemoteStatus(
            JsonObject.of(content.path("input_schema")),
            JsonObject.of(content.path("output_schema")),
            number(content.path("document_count")),
            content.path("created_at").asText(null),
            number(content.path("version")),
            content.path("ready").isBoolean() ? content.path("ready").asBoolean() : null,
            before.observedAt(),
            before.attempt(),
            before.applied(),
            before.namespaceId());
    return now.equals(before)
        ? before
        : now.withObservedAt(time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** In which fields it differs from the spec, in a sentence; empty for none. */
  static String difference(CatalogKind<?, ?> kind, ObjectNode spec, JsonNode content) {
    List<String> fields = RemoteSpec.differences(kind, spec, content);
    return fields.isEmpty()
        ? ""
        : ("Mixpeek holds something else than the spec says in %s: nothing is changed back; correct"
                + " the spec, or what is there.")
            .formatted(String.join(", ", fields));
  }

  private static Long number(JsonNode value) {
    return value.isNumber() ? value.asLong() : null;
  }
}
