package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static com.mixpeek.operator.server.SampleResources.tooBig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/**
 * Creates that a real API server refuses: for good in its own words, or for as long as a rule is.
 */
class RefusedOnServerTest {

  @ForEachKind
  void metadataThatOnlyTheServerRefuses(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("the API server's own words")) {
      JsonResources resources = namespace.json();
      resources.create(source(kind, "origin", "origin_name"));
      ObjectNode big = cloneOf(kind, "big", "origin", "big_name");
      spec(big).set("targetMetadata", tooBig());
      resources.create(big);
      namespace.startClusterWideOperator();
      assertThat(message(resources.awaitReason(clones(kind) + "/big", Reason.InvalidOverrides)))
          .contains("metadata.annotations: Too long");
      assertThat(resources.list(sources(kind))).hasSize(1);
      resources.merge(clones(kind) + "/big", "{'spec': {'targetMetadata': null}}").ok();
      resources.awaitReason(clones(kind) + "/big", Reason.Cloned);
    }
  }

  /** Each of the two fits into etcd, and what would result does not: it never will. */
  @ForEachKind
  void moreThanFits(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("a copy that is too large")) {
      JsonResources resources = namespace.json();
      ObjectNode origin = source(kind, "origin", "origin_name");
      spec(origin).putObject("metadata").put("text", "x".repeat(900_000));
      resources.create(origin);
      ObjectNode big = cloneOf(kind, "big", "origin", "big_name");
      ((ObjectNode) spec(big).path("overrides")).put("description", "y".repeat(900_000));
      resources.create(big);
      namespace.startClusterWideOperator();
      assertThat(message(resources.awaitReason(clones(kind) + "/big", Reason.InvalidOverrides)))
          .contains("request is too large", "Correct spec.overrides");
      resources.merge(clones(kind) + "/big", "{'spec': {'overrides': {'description': 'y'}}}").ok();
      resources.awaitReason(clones(kind) + "/big", Reason.Cloned);
    }
  }

  @ForEachKind
  void untilThePolicyIsDeleted(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("a policy that refuses the create")) {
      JsonResources resources = namespace.json();
      resources.create(source(kind, "origin", "origin_name"));
      namespace.startClusterWideOperator();
      resources.awaitReason(sources(kind) + "/origin", Reason.Assigned);
      String name = "not-in-" + namespace.name();
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
                  .formatted(name, namespace.name()),
              ValidatingAdmissionPolicyBinding.class);
      namespace.client().resource(policy).create();
      try {
        namespace.client().resource(binding).create();
        await("a policy that denies")
            .atMost(TestNamespace.PATIENCE)
            .until(() -> resources.dryRun(source(kind, "probe", "probe_name")).code() != 201);
        resources.create(cloneOf(kind, "copy", "origin", "copy_name"));
        JsonNode refused = resources.awaitReason(clones(kind) + "/copy", Reason.CreateRefused);
        assertThat(message(refused)).contains("Not on Fridays.");
        assertThat(refused.at("/status/conditions")).hasSize(1);
        assertThat(refused.at("/status/targetName").isMissingNode()).isTrue();
      } finally {
        namespace.client().resource(binding).delete();
        namespace.client().resource(policy).delete();
      }
      resources.awaitReason(
          clones(kind) + "/copy", Reason.Cloned, TestNamespace.GARBAGE_COLLECTION);
    }
  }

  @ForEachKind
  void untilThereIsQuota(CatalogKind<?, ?> kind) {
    String counted = "count/%s.mixpeek.com".formatted(sources(kind));
    try (TestNamespace namespace = TestNamespace.onRealServer("a quota that refuses the create")) {
      JsonResources resources = namespace.json();
      resources.create(source(kind, "origin", "origin_name"));
      ResourceQuota quota =
          new ResourceQuotaBuilder()
              .withNewMetadata()
              .withName("few")
              .withNamespace(namespace.name())
              .endMetadata()
              .withNewSpec()
              .withHard(Map.of(counted, new Quantity("1")))
              .endSpec()
              .build();
      grant(namespace, namespace.client().resource(quota).create(), counted, "1");
      await("a quota that denies")
          .atMost(TestNamespace.PATIENCE)
          .until(() -> resources.dryRun(source(kind, "probe", "probe_name")).code() == 403);
      namespace.startClusterWideOperator();
      resources.create(cloneOf(kind, "copy", "origin", "copy_name"));
      JsonNode refused = resources.awaitReason(clones(kind) + "/copy", Reason.CreateRefused);
      assertThat(message(refused)).contains("exceeded quota: few", counted);
      namespace.client().resource(quota).delete();
      resources.awaitReason(
          clones(kind) + "/copy", Reason.Cloned, TestNamespace.GARBAGE_COLLECTION);
    }
  }

  /** Says what is used, as the quota controller does where there is one. */
  private static void grant(
      TestNamespace namespace, ResourceQuota quota, String counted, String used) {
    quota.setStatus(
        new ResourceQuotaBuilder()
            .withNewStatus()
            .withHard(quota.getSpec().getHard())
            .withUsed(Map.of(counted, new Quantity(used)))
            .endStatus()
            .build()
            .getStatus());
    quota.getMetadata().setResourceVersion(null);
    namespace.client().resource(quota).updateStatus();
  }

  private static String message(JsonNode clone) {
    return JsonResources.ready(clone).get("message").asText();
  }
}
