package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.cluster.ResourceWriter;
import com.mixpeek.operator.controller.EventRecorder;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;

/** Each change of reason is one event on the clone, where a person looks for it. */
class EventsOnServerTest {

  private static final List<String> EVENTS =
      List.of(
          "Normal SourceNotFound",
          "Warning NameConflict",
          "Normal Cloned",
          "Warning TargetMissing");

  @ForEachKind
  void onceForEachChangeOfReason(CatalogKind<?, ?> kind) {
    String clone = clones(kind) + "/copy";
    try (TestNamespace namespace = TestNamespace.onRealServer("events")) {
      JsonResources resources = namespace.json();
      namespace.startClusterWideOperator();
      resources.create(source(kind, "holder", "copy_name"));
      resources.awaitReason(sources(kind) + "/holder", Reason.Assigned);
      ObjectNode manifest = cloneOf(kind, "copy", "origin", "copy_name");
      spec(manifest).putObject("sourceRef").put(kind.idField(), kind.idPrefix() + "origin");
      JsonNode created = resources.create(manifest);
      resources.awaitReason(clone, Reason.SourceNotFound);
      ObjectNode origin = source(kind, "origin", "origin_name");
      spec(origin).put(kind.idField(), kind.idPrefix() + "origin");
      resources.create(origin);
      resources.awaitReason(clone, Reason.NameConflict);
      resources.merge(clone, "{'metadata': {'annotations': {'a': 'b'}}}").ok();
      resources.merge(clone, "{'spec': {'suspend': false}}").ok();
      resources.awaitReason(clone, Reason.NameConflict);
      resources.delete(sources(kind) + "/holder");
      resources.awaitReason(clone, Reason.Cloned);
      resources.merge(clone, "{'spec': {'deletionPolicy': 'Delete'}}").ok();
      resources.awaitReason(clone, Reason.Cloned);
      namespace.startClusterWideOperator();
      resources.delete(sources(kind) + "/copy");
      JsonNode missing = resources.awaitReason(clone, Reason.TargetMissing);

      await("the events of the clone")
          .atMost(TestNamespace.PATIENCE)
          .untilAsserted(
              () -> assertThat(inOrder(events(namespace))).isEqualTo(withoutNotReady(EVENTS)));
      for (Event event : events(namespace)) {
        assertThat(event.getRegarding().getKind()).isEqualTo(kind.name() + "Clone");
        assertThat(event.getRegarding().getApiVersion()).isEqualTo("mixpeek.com/v1alpha1");
        assertThat(event.getRegarding().getName()).isEqualTo("copy");
        assertThat(event.getRegarding().getUid()).isEqualTo(created.at("/metadata/uid").asText());
        assertThat(event.getAction()).isNotBlank();
        assertThat(event.getReportingController()).isEqualTo("mixpeek.com/mixpeek-operator");
        assertThat(event.getReportingInstance()).isNotBlank();
      }
      List<Event> events = events(namespace);
      assertThat(events.get(events.size() - 1).getNote())
          .isEqualTo(JsonResources.ready(missing).get("message").asText());

      Program kubectl = namespace.kubectl();
      List<String> described = kubectl.run("describe", clones(kind), "copy").lines();
      for (String event : EVENTS) {
        assertThat(described)
            .anyMatch(line -> line.strip().matches(event.replace(" ", "\\s+") + "\\s.*"));
      }
      assertThat(kubectl.run("events", "--for=%sclone/copy".formatted(kind.name())).ok())
          .contains("TargetMissing");
    }
  }

  /** In bytes of UTF-8, though the API server says characters. */
  @ForEachKind
  void noneIsTooLong(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("events")) {
      EventRecorder recorder =
          new EventRecorder(
              new ResourceWriter(namespace.client(), Leadership.always()), Clock.systemUTC());
      HasMetadata about = kind.newResource().get();
      about.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(namespace.name())
              .withName("x")
              .withUid("u")
              .withResourceVersion("1")
              .build());
      recorder.record(about, false, "Test", "Fits", "é".repeat(512));
      for (int letters = 0; letters < 4; letters++) {
        recorder.record(
            about, false, "Test", "Cut" + letters, "x".repeat(letters) + "🛍".repeat(300));
      }
      recorder.record(about, false, "Test", "Half", "\ud800".repeat(2000));
      assertThat(events(namespace)).hasSize(6);
      for (Event event : events(namespace)) {
        if (event.getReason().equals("Fits")) {
          assertThat(event.getNote()).isEqualTo("é".repeat(512));
        } else {
          assertThat(event.getNote()).endsWith("…");
          assertThat(event.getNote().getBytes(UTF_8)).hasSizeBetween(1020, 1024);
        }
      }
    }
  }

  private static List<Event> events(TestNamespace namespace) {
    return namespace.events().stream()
        .sorted(Comparator.comparing(e -> e.getEventTime().getTime()))
        .toList();
  }

  /** In order; a source that was seen before it had its ID is a reason of its own. */
  private static List<String> inOrder(List<Event> events) {
    return withoutNotReady(events.stream().map(e -> e.getType() + " " + e.getReason()).toList());
  }

  private static List<String> withoutNotReady(List<String> events) {
    return events.stream().filter(e -> !e.equals("Normal SourceNotReady")).toList();
  }
}
