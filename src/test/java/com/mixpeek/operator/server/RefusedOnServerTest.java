package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static com.mixpeek.operator.server.Manifests.spec;
import static com.mixpeek.operator.server.Manifests.tooBig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Creates that a real API server refuses: for good in its own words, or for as long as a rule is.
 */
class RefusedOnServerTest {

  private static final String KINDS = "com.mixpeek.operator.server.Manifests#kinds";

  @ParameterizedTest
  @MethodSource(KINDS)
  void metadataThatOnlyTheServerRefuses(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("the API server's own words")) {
      scene.create(source(kind, "origin", "origin_name"));
      ObjectNode big = cloneOf(kind, "big", "origin", "big_name");
      spec(big).set("targetMetadata", tooBig());
      scene.create(big);
      scene.startOperator();
      assertThat(message(scene.awaitReason(clones(kind) + "/big", Reason.InvalidOverrides)))
          .contains("metadata.annotations: Too long");
      assertThat(scene.list(sources(kind))).hasSize(1);
      scene.merge(clones(kind) + "/big", "{'spec': {'targetMetadata': null}}").ok();
      scene.awaitReason(clones(kind) + "/big", Reason.Cloned);
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void untilThePolicyIsDeleted(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("a policy that refuses the create")) {
      scene.create(source(kind, "origin", "origin_name"));
      scene.startOperator();
      scene.awaitReason(sources(kind) + "/origin", Reason.Assigned);
      String name = "not-in-" + scene.namespace;
      var policy =
          Serialization.unmarshal(
              """
              {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy",
               "metadata": {"name": "%s"},
               "spec": {"failurePolicy": "Fail",
                "matchConstraints": {"resourceRules": [
                  {"apiGroups": ["mixpeek.com"], "apiVersions": ["*"], "operations": ["CREATE"], "resources": ["%s"]}]},
                "validations": [{"expression": "object.spec.description == 'not even that'", "message": "Not on Fridays."}]}}
              """
                  .formatted(name, sources(kind)),
              ValidatingAdmissionPolicy.class);
      var binding =
          Serialization.unmarshal(
              """
              {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding",
               "metadata": {"name": "%1$s"},
               "spec": {"policyName": "%1$s", "validationActions": ["Deny"],
                "matchResources": {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "%2$s"}}}}}
              """
                  .formatted(name, scene.namespace),
              ValidatingAdmissionPolicyBinding.class);
      scene.client.resource(policy).create();
      try {
        scene.client.resource(binding).create();
        await("a policy that denies")
            .atMost(Scene.PATIENCE)
            .until(() -> scene.dryRun(source(kind, "probe", "probe_name")).code() != 201);
        scene.create(cloneOf(kind, "copy", "origin", "copy_name"));
        JsonNode refused = scene.awaitReason(clones(kind) + "/copy", Reason.CreateRefused);
        assertThat(message(refused)).contains("Not on Fridays.");
        assertThat(refused.at("/status/conditions")).hasSize(1);
        assertThat(refused.at("/status/targetName").isMissingNode()).isTrue();
      } finally {
        scene.client.resource(binding).delete();
        scene.client.resource(policy).delete();
      }
      scene.awaitReason(clones(kind) + "/copy", Reason.Cloned, Scene.COLLECTED);
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void untilThereIsQuota(CatalogKind<?, ?> kind) {
    String counted = "count/%s.mixpeek.com".formatted(sources(kind));
    try (Scene scene = new Scene("a quota that refuses the create")) {
      scene.create(source(kind, "origin", "origin_name"));
      ResourceQuota quota =
          new ResourceQuotaBuilder()
              .withNewMetadata()
              .withName("few")
              .withNamespace(scene.namespace)
              .endMetadata()
              .withNewSpec()
              .withHard(Map.of(counted, new Quantity("1")))
              .endSpec()
              .build();
      grant(scene, scene.client.resource(quota).create(), counted, "1");
      await("a quota that denies")
          .atMost(Scene.PATIENCE)
          .until(() -> scene.dryRun(source(kind, "probe", "probe_name")).code() == 403);
      scene.startOperator();
      scene.create(cloneOf(kind, "copy", "origin", "copy_name"));
      JsonNode refused = scene.awaitReason(clones(kind) + "/copy", Reason.CreateRefused);
      assertThat(message(refused)).contains("exceeded quota: few", counted);
      scene.client.resource(quota).delete();
      scene.awaitReason(clones(kind) + "/copy", Reason.Cloned, Scene.COLLECTED);
    }
  }

  /** Says what is used, as the quota controller does where there is one. */
  private static void grant(Scene scene, ResourceQuota quota, String counted, String used) {
    quota.setStatus(
        new ResourceQuotaBuilder()
            .withNewStatus()
            .withHard(quota.getSpec().getHard())
            .withUsed(Map.of(counted, new Quantity(used)))
            .endStatus()
            .build()
            .getStatus());
    quota.getMetadata().setResourceVersion(null);
    scene.client.resource(quota).updateStatus();
  }

  private static String message(JsonNode clone) {
    return Scene.ready(clone).get("message").asText();
  }
}
