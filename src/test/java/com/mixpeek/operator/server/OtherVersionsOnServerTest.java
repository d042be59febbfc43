package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.overrides;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static com.mixpeek.operator.testing.namespace.JsonResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** CRDs of another version than the operator: newer fields, and resources of a laxer schema. */
class OtherVersionsOnServerTest {

  @ForEachKind
  void fieldsOfANewerVersionStopNothingAndAreCopied(CatalogKind<?, ?> kind) {
    JsonNode future = json("{'list': [], 'fraction': 0.1, 'null': null}");
    String key = SampleResources.isCollection(kind) ? "featureExtractor" : "config";
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
    try (TestNamespace namespace = TestNamespace.onRealServer("fields of a newer version")) {
      JsonResources resources = namespace.json();
      ObjectNode origin = source(kind, "origin", "origin_name");
      spec(origin).set("future", future);
      spec(origin).withObject("/" + key).set("future", future);
      ObjectNode copy = cloneOf(kind, "copy", "origin", "copy_name");
      spec(copy).set("future", future);
      ObjectNode other = cloneOf(kind, "other", "origin", "other_name");
      overrides(other).put("future", "overridden");
      BooleanSupplier knows = () -> resources.dryRun(origin).ok().get("spec").has("future");
      BooleanSupplier cloneKnows = () -> resources.dryRun(copy).ok().get("spec").has("future");
      try (CrdVariant one = new CrdVariant(namespace, sources(kind), newer, knows);
          CrdVariant two = new CrdVariant(namespace, clones(kind), newerClone, cloneKnows)) {
        resources.create(origin);
        resources
            .merge(sources(kind) + "/origin/status", "{'status': {'future': {'a': [0.1]}}}")
            .ok();
        resources.create(copy);
        resources.merge(clones(kind) + "/copy/status", "{'status': {'future': {'a': [0.1]}}}").ok();
        resources.create(other);
        namespace.startClusterWideOperator();
        JsonNode done = resources.awaitReason(clones(kind) + "/copy", Reason.Cloned);
        resources.awaitReason(clones(kind) + "/other", Reason.Cloned);

        JsonNode made = resources.get(sources(kind) + "/copy");
        assertThat(made.at("/spec/future")).isEqualTo(future);
        assertThat(made.at("/spec/" + key)).isEqualTo(spec(origin).get(key));
        assertThat(resources.get(sources(kind) + "/other").at("/spec/future").asText())
            .isEqualTo("overridden");
        assertThat(done.at("/status/future")).isEqualTo(json("{'a': [0.1]}"));
        assertThat(resources.get(sources(kind) + "/origin").at("/status/future"))
            .isEqualTo(json("{'a': [0.1]}"));
        assertThat(done.at("/spec/future")).isEqualTo(future);
      }
      resources.create(cloneOf(kind, "late", "origin", "late_name"));
      resources.awaitReason(clones(kind) + "/late", Reason.Cloned);
      assertThat(resources.get(sources(kind) + "/late").get("spec").has("future")).isFalse();
    }
  }

  @ForEachKind
  void aSourceThatIsNoLongerValidIsNotCopiedAsItIs(CatalogKind<?, ?> kind) {
    boolean collection = SampleResources.isCollection(kind);
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
          if (!collection) {
            // There the field may be replaced by another, so that a rule asks for it.
            at.setXKubernetesValidations(null);
          }
        };
    try (TestNamespace namespace = TestNamespace.onRealServer("a source of an older, laxer CRD")) {
      JsonResources resources = namespace.json();
      ObjectNode origin = source(kind, "origin", "origin_name");
      JsonNode valid = spec(origin).get(key).deepCopy();
      String parent = field.substring(0, field.lastIndexOf('/'));
      spec(origin).withObject(parent).remove(field.substring(field.lastIndexOf('/') + 1));
      BooleanSupplier accepts = () -> resources.dryRun(origin).code() == 201;
      try (CrdVariant variant = new CrdVariant(namespace, sources(kind), laxer, accepts)) {
        resources.create(origin);
      }
      resources.create(cloneOf(kind, "copy", "origin", "copy_name"));
      namespace.startClusterWideOperator();
      resources.awaitReason(sources(kind) + "/origin", Reason.Assigned);
      JsonNode clone = resources.awaitReason(clones(kind) + "/copy", Reason.InvalidOverrides);
      assertThat(JsonResources.ready(clone).get("message").asText())
          .contains(
              collection
                  ? "spec.featureExtractor.version: Required value"
                  : "sourceCollection needs exactly one of collectionId, collectionRef");
      assertThat(clone.at("/status/conditions/1/type").asText()).isEqualTo("Stalled");
      assertThat(clone.at("/status/sourceGeneration").asInt()).isEqualTo(1);

      String correction = "[{'op': 'add', 'path': '/spec/overrides/%s', 'value': %s}]";
      resources.patch(clones(kind) + "/copy", correction.formatted(key, valid)).ok();
      resources.awaitReason(clones(kind) + "/copy", Reason.Cloned);
      assertThat(resources.get(sources(kind) + "/copy").at("/spec/" + key)).isEqualTo(valid);
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
