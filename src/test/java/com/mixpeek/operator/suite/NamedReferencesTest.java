package com.mixpeek.operator.suite;

import static com.mixpeek.operator.testing.namespace.JsonResources.json;
import static com.mixpeek.operator.testing.namespace.JsonResources.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** References by name: resolved by events, in whatever order things come. */
@ParameterizedClass
@EnumSource(TestServer.class)
class NamedReferencesTest {

  private final ApiServer server;

  NamedReferencesTest(TestServer server) {
    this.server = server.orSkip("references by name");
  }

  @Test
  void aLineageInAnyOrder() {
    for (int seed = 1; seed <= 3; seed++) {
      try (TestNamespace namespace = new TestNamespace(server)) {
        JsonResources resources = namespace.json();
        List<ObjectNode> all = lineage();
        Collections.shuffle(all, new Random(seed));
        namespace.startOperator().recorder().awaitWatches();
        all.forEach(resources::create);
        allPointAtEachOther(resources);
      }
    }
  }

  /** What is there when the operator starts costs one write each, with references or without. */
  @Test
  void aReferenceCostsNoWriteMore() {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      List<ObjectNode> all = lineage();
      Collections.reverse(all);
      all.forEach(resources::create);
      RequestRecorder recorder = namespace.startOperator().recorder();
      allPointAtEachOther(resources);
      await("one status each")
          .during(Duration.ofSeconds(3))
          .atMost(TestNamespace.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(writes(recorder))
                      .isEqualTo(
                          Map.of(
                              "patch collections/status.mixpeek.com", 6L,
                              "patch taxonomies/status.mixpeek.com", 1L)));

      recorder.clear();
      resources.create(cloneOf("copy", "c5", "copy_name"));
      resources.awaitReason("collectionclones/copy", Reason.Cloned);
      await("three writes a clone")
          .during(Duration.ofSeconds(3))
          .atMost(TestNamespace.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(writes(recorder))
                      .isEqualTo(
                          Map.of(
                              "create collections.mixpeek.com", 1L,
                              "patch collections/status.mixpeek.com", 1L,
                              "patch collectionclones/status.mixpeek.com", 1L)));
      JsonNode copy = resources.get("collections/copy");
      assertThat(copy.at("/spec/source/collectionRef/name").asText()).isEqualTo("c4");
      assertThat(copy.at("/status/references/0/id").asText()).isEqualTo(id(resources, "c4"));
    }
  }

  @Test
  void whatIsMissingIsSaidAndWaitedFor() {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      namespace.startOperator().recorder().awaitWatches();
      resources.create(collection("holder", "taken_name", null));
      resources.create(collection("second", "second_name", "first"));
      resources.create(cloneOf("copy", "holder", "copy_name", "first"));
      JsonNode second = resources.awaitReason("collections/second", Reason.ReferenceNotFound);
      assertThat(message(second))
          .isEqualTo(
              "source.collectionRef names Collection first, which is not in namespace %s yet: this"
                      .formatted(namespace.name())
                  + " Collection goes on when it appears.");
      await("what the target waits for")
          .atMost(TestNamespace.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(message(resources.get("collectionclones/copy")))
                      .startsWith("Collection copy is created and waits for its ID. source.coll"));

      resources.create(collection("first", "taken_name", null));
      resources.awaitReason("collections/second", Reason.ReferenceNotReady);
      resources.edit("collections/first", spec -> spec.put("collectionName", "first_name"));
      resources.awaitReason("collections/second", Reason.Assigned);
      resources.awaitReason("collectionclones/copy", Reason.Cloned);
    }
  }

  @Test
  void whatACloneIsYetToMakeIsWaitedFor() {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      namespace.startOperator().recorder().awaitWatches();
      resources.create(collection("reader", "reader_name", "copy"));
      resources.create(cloneOf("copy", "origin", "copy_name"));
      resources.awaitReason("collections/reader", Reason.ReferenceNotFound);
      resources.create(collection("origin", "origin_name", null));
      JsonNode reader = resources.awaitReason("collections/reader", Reason.Assigned);
      assertThat(reader.at("/status/references/0/id").asText()).isEqualTo(id(resources, "copy"));
    }
  }

  @Test
  void aCircleIsToldAndEndsWithAnEdit() {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      namespace.startOperator().recorder().awaitWatches();
      ObjectNode first = collection("a", "a_name", null);
      apply(first, "tags");
      resources.create(first);
      resources.create(taxonomy("tags", "b"));
      resources.create(collection("beside", "beside_name", "b"));
      resources.awaitReason("taxonomies/tags", Reason.ReferenceNotFound);
      resources.create(collection("b", "b_name", "a"));
      for (String member : List.of("collections/a", "taxonomies/tags", "collections/b")) {
        JsonNode told = resources.awaitReason(member, Reason.ReferenceCycle);
        assertThat(condition(told, "Stalled").path("status").asText()).isEqualTo("True");
        assertThat(message(told)).contains("Taxonomy tags").contains("Collection b");
      }
      resources.awaitReason("collections/beside", Reason.ReferenceNotReady);

      resources.edit("collections/a", spec -> spec.remove("taxonomyApplications"));
      for (String each : List.of("collections/a", "taxonomies/tags", "collections/b")) {
        JsonNode now = resources.awaitReason(each, Reason.Assigned);
        assertThat(condition(now, "Stalled").isMissingNode()).isTrue();
      }
      resources.awaitReason("collections/beside", Reason.Assigned);
    }
  }

  /** A circle that is no longer one, with members that go on waiting for something else. */
  @Test
  void aCircleThatIsBrokenIsNoLongerTold() {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      namespace.startOperator().recorder().awaitWatches();
      resources.create(collection("a", "a_name", "b"));
      resources.create(collection("b", "b_name", "a"));
      resources.awaitReason("collections/a", Reason.ReferenceCycle);
      resources.awaitReason("collections/b", Reason.ReferenceCycle);
      resources.delete("collections/b");
      resources.awaitReason("collections/a", Reason.ReferenceNotFound);
      resources.create(collection("b", "b_name", "nowhere"));
      resources.awaitReason("collections/a", Reason.ReferenceNotReady);
    }
  }

  @Test
  void whatWasResolvedIsKeptAndToldToBeGone() {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      namespace.startOperator().recorder().awaitWatches();
      resources.create(collection("first", "first_name", null));
      resources.create(taxonomy("tags", "first"));
      ObjectNode reader = collection("second", "second_name", "first");
      apply(reader, "tags");
      resources.create(reader);
      JsonNode assigned = resources.awaitReason("collections/second", Reason.Assigned);
      assertThat(valid(assigned)).isEqualTo("True");

      resources.delete("collections/first");
      awaitValid(resources, "False", "there is no Collection first any more");
      resources.create(collection("first", "first_name", null));
      awaitValid(resources, "False", "Collection first has the ID " + id(resources, "first"));
      JsonNode kept = resources.awaitReason("collections/second", Reason.Assigned);
      assertThat(kept.at("/status/references")).isEqualTo(assigned.at("/status/references"));

      ObjectNode pinned = collection("first", "first_name", null);
      String before = assigned.at("/status/references/0/id").asText();
      ((ObjectNode) pinned.get("spec")).put("collectionId", before);
      resources.delete("collections/first");
      resources.create(pinned);
      awaitValid(resources, "True", "");

      resources.delete("taxonomies/tags");
      resources.create(taxonomy("tags", "first"));
      awaitValid(resources, "False", "Taxonomy tags has the ID ");
      resources.edit("collections/second", spec -> spec.put("description", "changed"));
      awaitValid(resources, "True", "");
      JsonNode anew = resources.get("collections/second");
      assertThat(anew.at("/status/references/1/id"))
          .isEqualTo(resources.get("taxonomies/tags").at("/status/taxonomyId"));
      assertThat(anew.at("/status/collectionId")).isEqualTo(assigned.at("/status/collectionId"));
    }
  }

  private static void awaitValid(JsonResources resources, String valid, String message) {
    await("ReferencesValid " + valid + ": " + message)
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode now = resources.get("collections/second");
              assertThat(valid(now)).isEqualTo(valid);
              assertThat(condition(now, "ReferencesValid").path("message").asText())
                  .contains(message);
            });
  }

  /** Five collections in a chain, a taxonomy over the last, and one that applies it. */
  private static List<ObjectNode> lineage() {
    List<ObjectNode> all = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      all.add(collection("c" + i, "name_" + i, i == 1 ? null : "c" + (i - 1)));
    }
    all.add(taxonomy("tags", "c5"));
    ObjectNode enriched = collection("enriched", "enriched", null);
    apply(enriched, "tags");
    all.add(enriched);
    return all;
  }

  private static void allPointAtEachOther(JsonResources resources) {
    resources.awaitReason("collections/enriched", Reason.Assigned);
    for (int i = 2; i <= 5; i++) {
      JsonNode reader = resources.awaitReason("collections/c" + i, Reason.Assigned);
      assertThat(reader.at("/status/references"))
          .isEqualTo(
              JsonResources.JSON.valueToTree(
                  List.of(
                      Map.of(
                          "field",
                          "source.collectionRef",
                          "name",
                          "c" + (i - 1),
                          "id",
                          id(resources, "c" + (i - 1))))));
    }
  }

  private static Map<String, Long> writes(RequestRecorder recorder) {
    return recorder.writes().stream()
        .collect(Collectors.groupingBy(ApiRequest::toString, Collectors.counting()));
  }

  private static String id(JsonResources resources, String collection) {
    return resources
        .awaitReason("collections/" + collection, Reason.Assigned)
        .at("/status/collectionId")
        .asText();
  }

  private static String valid(JsonNode resource) {
    return condition(resource, "ReferencesValid").path("status").asText();
  }

  private static String message(JsonNode resource) {
    return condition(resource, "Ready").path("message").asText();
  }

  private static JsonNode condition(JsonNode resource, String type) {
    return stream(resource.at("/status/conditions"))
        .filter(condition -> condition.path("type").asText().equals(type))
        .findFirst()
        .orElseGet(() -> resource.path("no such condition"));
  }

  private static ObjectNode collection(String name, String catalogName, String upstream) {
    ObjectNode spec =
        json(
            "{'featureExtractor': {'featureExtractorName': 'x', 'version': 'v1'},"
                + " 'enabled': true}");
    spec.put("collectionName", catalogName);
    spec.set("source", source(upstream));
    return resource("Collection", name, spec);
  }

  private static ObjectNode source(String upstream) {
    return upstream == null
        ? json("{'type': 'bucket', 'bucketIds': ['bkt_a']}")
        : json("{'type': 'collection', 'collectionRef': {'name': '%s'}}".formatted(upstream));
  }

  private static void apply(ObjectNode collection, String taxonomy) {
    ((ObjectNode) collection.get("spec"))
        .putArray("taxonomyApplications")
        .addObject()
        .putObject("taxonomyRef")
        .put("name", taxonomy);
  }

  private static ObjectNode taxonomy(String name, String collection) {
    return resource(
        "Taxonomy",
        name,
        json(
            """
            {'taxonomyName': '%s', 'config': {'taxonomyType': 'flat', 'retrieverId': 'ret_a',
             'inputMappings': [], 'sourceCollection': {'collectionRef': {'name': '%s'}}}}
            """
                .formatted(name, collection)));
  }

  private static ObjectNode cloneOf(String name, String source, String newName) {
    return resource(
        "CollectionClone",
        name,
        json(
            "{'sourceRef': {'name': '%s'}, 'overrides': {'collectionName': '%s'}}"
                .formatted(source, newName)));
  }

  private static ObjectNode cloneOf(String name, String source, String newName, String upstream) {
    ObjectNode clone = cloneOf(name, source, newName);
    ((ObjectNode) clone.at("/spec/overrides")).set("source", source(upstream));
    return clone;
  }

  private static ObjectNode resource(String kind, String name, ObjectNode spec) {
    ObjectNode resource = JsonResources.JSON.createObjectNode();
    resource.put("apiVersion", "mixpeek.com/v1alpha1").put("kind", kind);
    resource.putObject("metadata").put("name", name);
    resource.set("spec", spec);
    return resource;
  }
}
