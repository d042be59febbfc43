package com.mixpeek.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.ConnectionStatus;
import com.mixpeek.operator.api.Kinds;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Argo CD's view of statuses as the operator writes them, of every reason and all five kinds. */
class ArgoHealthTest {

  private static final Path FOLDER = StrictManifests.DEPLOY.resolve("gitops/argocd");
  private static final long GENERATION = 3;
  private static final String MESSAGE = "A sentence with the remedy.";

  private final LuaHealth health = new LuaHealth(FOLDER.resolve("health.lua"));

  static Stream<Arguments> everyReasonOfEveryKind() {
    return Stream.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY)
        .flatMap(
            kind ->
                Arrays.stream(Reason.values())
                    .map(
                        reason ->
                            Arguments.of(Named.of(kind.name(), status(kind, reason)), reason)));
  }

  private static ReportedStatus status(CatalogKind<?, ?> kind, Reason reason) {
    if (reason.ordinal() >= Reason.Connected.ordinal()) {
      return new ConnectionStatus();
    }
    return reason.ordinal() < Reason.Assigned.ordinal()
        ? kind.newCloneStatus().get()
        : kind.newStatus().get();
  }

  @ParameterizedTest
  @MethodSource("everyReasonOfEveryKind")
  void everyReason(ReportedStatus status, Reason reason) {
    LuaHealth.Health reported = health.of(resource(status, reason, GENERATION));
    assertThat(reported.status()).isEqualTo(expected(reason));
    assertThat(reported.message()).contains(MESSAGE);
    if (!reason.ready() && reason != Reason.Suspended) {
      assertThat(reported.message()).startsWith(reason.name());
    }
  }

  @ParameterizedTest
  @MethodSource("everyReasonOfEveryKind")
  void whatIsSaidOfAnEarlierGenerationCountsForNothing(ReportedStatus status, Reason reason) {
    assertThat(health.of(resource(status, reason, GENERATION - 1)).status())
        .isEqualTo("Progressing");
  }

  @Test
  void whatTheOperatorHasNotSeenIsInProgress() {
    JsonNode created = json("{\"metadata\": {\"generation\": 1}}");
    JsonNode defaulted =
        json("{\"metadata\": {\"generation\": 1}, \"status\": {\"observedGeneration\": -1}}");
    JsonNode empty =
        json("{\"metadata\": {\"generation\": 1}, \"status\": {\"observedGeneration\": 1}}");
    assertThat(Stream.of(created, defaulted, empty).map(health::of).map(LuaHealth.Health::status))
        .containsOnly("Progressing");
  }

  @Test
  void everyKindIsCustomized() {
    JsonNode generated =
        StrictManifests.read(FOLDER.resolve("kustomization.yaml"))
            .get(0)
            .at("/configMapGenerator/0");
    assertThat(generated.path("name").asText()).isEqualTo("argocd-cm");
    Set<String> files =
        StreamSupport.stream(generated.path("files").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    assertThat(files)
        .isEqualTo(
            Kinds.TYPES.stream()
                .map(
                    type ->
                        "resource.customizations.health.%s_%s=health.lua"
                            .formatted(HasMetadata.getGroup(type), HasMetadata.getKind(type)))
                .collect(Collectors.toSet()));
  }

  private static String expected(Reason reason) {
    if (reason.stalled()) {
      return "Degraded";
    }
    if (reason.ready()) {
      return "Healthy";
    }
    return reason == Reason.Suspended ? "Suspended" : "Progressing";
  }

  private static JsonNode resource(ReportedStatus status, Reason reason, long observed) {
    status.setObservedGeneration(observed);
    status.setConditions(
        Conditions.of(null, reason, MESSAGE, observed, Instant.parse("2026-01-01T00:00:00Z")));
    return json(
        "{\"metadata\": {\"generation\": %d}, \"status\": %s}"
            .formatted(GENERATION, Serialization.asJson(status)));
  }

  private static JsonNode json(String text) {
    return Serialization.unmarshal(text, JsonNode.class);
  }
}
