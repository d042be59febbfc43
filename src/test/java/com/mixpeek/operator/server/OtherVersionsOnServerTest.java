package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.json;
import static com.mixpeek.operator.server.Manifests.overrides;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static com.mixpeek.operator.server.Manifests.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CRDs of another version than the operator: newer fields, and resources of a laxer schema. */
class OtherVersionsOnServerTest {

  private static final String KINDS = "com.mixpeek.operator.server.Manifests#kinds";

  @ParameterizedTest
  @MethodSource(KINDS)
  void fieldsOfANewerVersionStopNothingAndAreCopied(CatalogKind<?, ?> kind) {
    JsonNode future = json("{'list': [], 'fraction': 0.1, 'null': null}");
    String key = Manifests.isCollection(kind) ? "featureExtractor" : "config";
    Consumer<JSONSchemaProps> newer =
        schema -> {
          addFuture(schema.getProperties().get("spec"));
          addFuture(schema.getProperties().get("spec").getProperties().get(key));
          addFuture(schema.getProperties().get("status"));
        };
    Consumer<JSONSchemaProps> newerClone =
        schema -> {
          addFuture(schema.getProperties().get("spec"));
          addFuture(schema.getProperties().get("spec").getProperties().get("overrides"));
          addFuture(schema.getProperties().get("status"));
        };
    try (Scene scene = new Scene("fields of a newer version")) {
      ObjectNode origin = source(kind, "origin", "origin_name");
      spec(origin).set("future", future);
      spec(origin).withObject("/" + key).set("future", future);
      ObjectNode copy = cloneOf(kind, "copy", "origin", "copy_name");
      spec(copy).set("future", future);
      ObjectNode other = cloneOf(kind, "other", "origin", "other_name");
      overrides(other).put("future", "overridden");
      BooleanSupplier knows = () -> scene.dryRun(origin).ok().get("spec").has("future");
      BooleanSupplier cloneKnows = () -> scene.dryRun(copy).ok().get("spec").has("future");
      try (CrdVariant one = new CrdVariant(scene, sources(kind), newer, knows);
          CrdVariant two = new CrdVariant(scene, clones(kind), newerClone, cloneKnows)) {
        scene.create(origin);
        scene.merge(sources(kind) + "/origin/status", "{'status': {'future': {'a': [0.1]}}}").ok();
        scene.create(copy);
        scene.merge(clones(kind) + "/copy/status", "{'status': {'future': {'a': [0.1]}}}").ok();
        scene.create(other);
        scene.startOperator();
        JsonNode done = scene.awaitReason(clones(kind) + "/copy", Reason.Cloned);
        scene.awaitReason(clones(kind) + "/other", Reason.Cloned);

        JsonNode made = scene.get(sources(kind) + "/copy");
        assertThat(made.at("/spec/future")).isEqualTo(future);
        assertThat(made.at("/spec/" + key)).isEqualTo(spec(origin).get(key));
        assertThat(scene.get(sources(kind) + "/other").at("/spec/future").asText())
            .isEqualTo("overridden");
        assertThat(done.at("/status/future")).isEqualTo(json("{'a': [0.1]}"));
        assertThat(scene.get(sources(kind) + "/origin").at("/status/future"))
            .isEqualTo(json("{'a': [0.1]}"));
        assertThat(done.at("/spec/future")).isEqualTo(future);
      }
      scene.create(cloneOf(kind, "late", "origin", "late_name"));
      scene.awaitReason(clones(kind) + "/late", Reason.Cloned);
      assertThat(scene.get(sources(kind) + "/late").get("spec").has("future")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aSourceThatIsNoLongerValidIsNotCopiedAsItIs(CatalogKind<?, ?> kind) {
    boolean collection = Manifests.isCollection(kind);
    String key = collection ? "featureExtractor" : "config";
    String field =
        collection ? "/featureExtractor/version" : "/config/sourceCollection/collectionId";
    Consumer<JSONSchemaProps> laxer =
        schema -> {
          JSONSchemaProps at = schema.getProperties().get("spec");
          String[] path = field.split("/");
          for (int i = 1; i < path.length - 1; i++) {
            at = at.getProperties().get(path[i]);
          }
          at.getRequired().remove(path[path.length - 1]);
        };
    try (Scene scene = new Scene("a source of an older, laxer CRD")) {
      ObjectNode origin = source(kind, "origin", "origin_name");
      JsonNode valid = spec(origin).get(key).deepCopy();
      String parent = field.substring(0, field.lastIndexOf('/'));
      spec(origin).withObject(parent).remove(field.substring(field.lastIndexOf('/') + 1));
      BooleanSupplier accepts = () -> scene.dryRun(origin).code() == 201;
      try (CrdVariant variant = new CrdVariant(scene, sources(kind), laxer, accepts)) {
        scene.create(origin);
      }
      scene.create(cloneOf(kind, "copy", "origin", "copy_name"));
      scene.startOperator();
      scene.awaitReason(sources(kind) + "/origin", Reason.Assigned);
      JsonNode clone = scene.awaitReason(clones(kind) + "/copy", Reason.InvalidOverrides);
      assertThat(Scene.ready(clone).get("message").asText())
          .contains("spec" + field.replace('/', '.') + ": Required value");
      assertThat(clone.at("/status/conditions/1/type").asText()).isEqualTo("Stalled");
      assertThat(clone.at("/status/sourceGeneration").asInt()).isEqualTo(1);

      String correction = "[{'op': 'add', 'path': '/spec/overrides/%s', 'value': %s}]";
      scene.patch(clones(kind) + "/copy", correction.formatted(key, valid)).ok();
      scene.awaitReason(clones(kind) + "/copy", Reason.Cloned);
      assertThat(scene.get(sources(kind) + "/copy").at("/spec/" + key)).isEqualTo(valid);
    }
  }

  private static void addFuture(JSONSchemaProps schema) {
    schema
        .getProperties()
        .put(
            "future",
            new JSONSchemaPropsBuilder()
                .withDescription("Of a newer version.")
                .withXKubernetesPreserveUnknownFields(true)
                .build());
  }
}
