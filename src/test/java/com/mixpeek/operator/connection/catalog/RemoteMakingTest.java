package com.mixpeek.operator.connection.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.RemoteStatus.Attempt;
import com.mixpeek.operator.catalog.RemoteCreation.Step;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.RemoteSpec;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After an answer was lost: what has the name, which holds all that was sent. */
class RemoteMakingTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void whatNobodyElseStandsForIsOurs() {
    assertThat(making(false).next()).isEqualTo(new Step.TakeOver("col_a"));
    assertThat(making(false).isSomethingElse("col_a")).isFalse();
  }

  @Test
  void whatAnotherResourceStandsForIsNot() {
    assertThat(making(true).next()).isEqualTo(new Step.NameTaken("col_a"));
    assertThat(making(true).isSomethingElse("col_a")).isTrue();
  }

  private static RemoteMaking<Collection> making(boolean others) {
    Collection resource = new Collection();
    resource.getMetadata().setGeneration(1L);
    ObjectNode spec = resource.getSpec();
    spec.put("collectionName", "videos");
    spec.putObject("source").put("type", "bucket").putArray("bucketIds").add("bkt_a");
    spec.putObject("featureExtractor").put("featureExtractorName", "x").put("version", "v1");
    Attempt attempt = new Attempt(NOW.toString(), "videos", 1L, "ns_1");
    RemoteMaking<Collection> making =
        new RemoteMaking<>(
            CatalogKind.COLLECTION, resource, spec, attempt, id -> others && id.equals("col_a"));
    assertThat(making.lookUp(request -> page(spec))).isEmpty();
    return making;
  }

  private static Answer page(ObjectNode spec) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("results")
        .add(
            RemoteSpec.creation(CatalogKind.COLLECTION, spec)
                .put("collection_id", "col_a")
                .put("created_at", NOW.toString()));
    return new Answer.Success(body, Optional.of(NOW));
  }
}
