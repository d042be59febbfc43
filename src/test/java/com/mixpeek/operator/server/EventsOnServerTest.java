package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static com.mixpeek.operator.server.Manifests.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change of reason is one event on the clone, where a person looks for it. */
class EventsOnServerTest {

  private static final List<String> TOLD =
      List.of(
          "Normal SourceNotFound",
          "Warning NameConflict",
          "Normal Cloned",
          "Warning TargetMissing");

  @ParameterizedTest
  @MethodSource("com.mixpeek.operator.server.Manifests#kinds")
  void onceForEachChangeOfReason(CatalogKind<?, ?> kind) {
    String clone = clones(kind) + "/copy";
    try (Scene scene = new Scene("events")) {
      scene.startOperator();
      scene.create(source(kind, "holder", "copy_name"));
      scene.awaitReason(sources(kind) + "/holder", Reason.Assigned);
      ObjectNode manifest = cloneOf(kind, "copy", "origin", "copy_name");
      spec(manifest).putObject("sourceRef").put(kind.idField(), kind.idPrefix() + "origin");
      JsonNode created = scene.create(manifest);
      scene.awaitReason(clone, Reason.SourceNotFound);
      ObjectNode origin = source(kind, "origin", "origin_name");
      spec(origin).put(kind.idField(), kind.idPrefix() + "origin");
      scene.create(origin);
      scene.awaitReason(clone, Reason.NameConflict);
      scene.merge(clone, "{'metadata': {'annotations': {'a': 'b'}}}").ok();
      scene.merge(clone, "{'spec': {'suspend': false}}").ok();
      scene.awaitReason(clone, Reason.NameConflict);
      scene.delete(sources(kind) + "/holder");
      scene.awaitReason(clone, Reason.Cloned);
      scene.merge(clone, "{'spec': {'deletionPolicy': 'Delete'}}").ok();
      scene.awaitReason(clone, Reason.Cloned);
      scene.startOperator();
      scene.delete(sources(kind) + "/copy");
      JsonNode missing = scene.awaitReason(clone, Reason.TargetMissing);

      await("the events of the clone")
          .atMost(Scene.PATIENCE)
          .untilAsserted(() -> assertThat(told(events(scene))).isEqualTo(withoutNotReady(TOLD)));
      for (Event event : events(scene)) {
        assertThat(event.getRegarding().getKind()).isEqualTo(kind.name() + "Clone");
        assertThat(event.getRegarding().getApiVersion()).isEqualTo("mixpeek.com/v1alpha1");
        assertThat(event.getRegarding().getName()).isEqualTo("copy");
        assertThat(event.getRegarding().getUid()).isEqualTo(created.at("/metadata/uid").asText());
        assertThat(event.getAction()).isNotBlank();
        assertThat(event.getReportingController()).isEqualTo("mixpeek.com/mixpeek-operator");
        assertThat(event.getReportingInstance()).isNotBlank();
      }
      List<Event> events = events(scene);
      assertThat(events.get(events.size() - 1).getNote())
          .isEqualTo(Scene.ready(missing).get("message").asText());

      Kubectl kubectl = Kubectl.orSkip(scene);
      List<String> described = kubectl.run("describe", clones(kind), "copy").lines();
      for (String told : TOLD) {
        assertThat(described)
            .anyMatch(line -> line.strip().matches(told.replace(" ", "\\s+") + "\\s.*"));
      }
      assertThat(kubectl.run("events", "--for=%sclone/copy".formatted(kind.name())).ok())
          .contains("TargetMissing");
    }
  }

  private static List<Event> events(Scene scene) {
    return scene
        .client
        .events()
        .v1()
        .events()
        .inNamespace(scene.namespace)
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparing(e -> e.getEventTime().getTime()))
        .toList();
  }

  /** In order; a source that was seen before it had its ID is a reason of its own. */
  private static List<String> told(List<Event> events) {
    return withoutNotReady(events.stream().map(e -> e.getType() + " " + e.getReason()).toList());
  }

  private static List<String> withoutNotReady(List<String> told) {
    return told.stream().filter(t -> !t.equals("Normal SourceNotReady")).toList();
  }
}
