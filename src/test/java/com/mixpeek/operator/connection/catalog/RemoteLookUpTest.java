package com.mixpeek.operator.connection.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.RemoteRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteLookUpTest {

  /** Of which the answers are remembered, so that no budget would end it. */
  @Test
  void pagesThatLeadRoundInACircleAreNoWholeList() {
    Map<RemoteRequest, Answer> asked = new HashMap<>();
    RemoteLookUp lookUp =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () ->
                RemoteLookUp.of(
                    CatalogKind.COLLECTION,
                    "videos",
                    request ->
                        asked.computeIfAbsent(
                            request, r -> page(asked.size() % 2 == 0 ? "even" : "odd"))));
    assertThat(lookUp.failure()).isPresent();
    assertThat(asked).hasSize(3);
  }

  private static Answer page(String next) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("results").addObject().put("collection_name", "other").put("collection_id", "c");
    body.putObject("pagination").put("next_cursor", next);
    return new Answer.Success(body, Optional.of(Instant.EPOCH));
  }
}
