package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;

/** What becomes of targets when their clones go, and of clones that come back. */
class OwnershipOnServerTest {

  private static final String UID = "/metadata/uid";
  private static final String OWNERS = "/metadata/ownerReferences";

  @ForEachKind
  void theClusterRemovesWhatIsOwnedAndNothingElse(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("garbage collection")) {
      JsonResources resources = namespace.json();
      namespace.requireControllerManager("garbage collection");
      String clones = clones(kind) + "/";
      String targets = sources(kind) + "/";
      resources.create(source(kind, "origin", "origin_name"));
      for (String name : new String[] {"kept", "owned", "was-owned", "orphaned"}) {
        resources.create(clone(kind, name, name.equals("kept") ? "Retain" : "Delete"));
      }
      namespace.startClusterWideOperator();
      for (String name : new String[] {"kept", "owned", "was-owned", "orphaned"}) {
        resources.awaitReason(clones + name, Reason.Cloned);
      }
      resources.merge(clones + "was-owned", "{'spec': {'deletionPolicy': 'Retain'}}").ok();
      awaitOwners(resources, targets + "was-owned", 0);
      String first = resources.get(targets + "owned").at(UID).asText();

      resources.delete(clones + "kept");
      resources.delete(clones + "was-owned");
      resources.delete(clones + "owned");
      JsonNode again = resources.create(clone(kind, "owned", "Delete"));
      await("another target in place of the removed one")
          .atMost(TestNamespace.GARBAGE_COLLECTION)
          .until(
              () -> resources.get(targets + "owned"),
              now -> now != null && !now.at(UID).asText().equals(first));
      JsonNode done = resources.awaitReason(clones + "owned", Reason.Cloned);
      assertThat(done.at(UID)).isEqualTo(again.at(UID));
      assertThat(resources.get(targets + "owned").at(OWNERS + "/0/uid")).isEqualTo(again.at(UID));

      // Last, for a collector that does not know the kinds yet orphans nothing, operator or not.
      resources.delete(clones + "orphaned", "Orphan");
      resources.delete(clones + "owned", "Foreground");
      resources.awaitGone(clones + "orphaned");
      resources.awaitGone(targets + "owned");
      resources.awaitGone(clones + "owned");
      for (String name : new String[] {"origin", "kept", "was-owned", "orphaned"}) {
        JsonNode target = resources.get(targets + name);
        assertThat(target).as(name).isNotNull();
        assertThat(target.at(OWNERS)).as(name).isEmpty();
      }
      assertThat(resources.list(sources(kind))).hasSize(4);
    }
  }

  @ForEachKind
  void theOwnerReferenceFollowsThePolicy(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("owner references")) {
      JsonResources resources = namespace.json();
      String clone = clones(kind) + "/copy";
      String target = sources(kind) + "/copy";
      resources.create(source(kind, "origin", "origin_name"));
      JsonNode created = resources.create(cloneOf(kind, "copy", "origin", "copy_name"));
      namespace.startClusterWideOperator();
      resources.awaitReason(clone, Reason.Cloned);
      JsonNode before = resources.get(target);
      assertThat(before.at(OWNERS)).isEmpty();
      String other =
          "{'apiVersion': 'v1', 'kind': 'Namespace', 'name': 'default', 'uid': '%s'}"
              .formatted(
                  namespace.client().namespaces().withName("default").get().getMetadata().getUid());
      resources.merge(target, "{'metadata': {'ownerReferences': [%s]}}".formatted(other)).ok();

      resources.merge(clone, "{'spec': {'deletionPolicy': 'Delete'}}").ok();
      awaitOwners(resources, target, 2);
      JsonNode owner = resources.get(target).at(OWNERS + "/1");
      assertThat(owner)
          .isEqualTo(
              JsonResources.json(
                  "{'apiVersion': 'mixpeek.com/v1alpha1', 'kind': '%sClone', 'name': 'copy', 'uid': '%s'}"
                      .formatted(kind.name(), created.at(UID).asText())));

      resources.merge(clone, "{'spec': {'deletionPolicy': 'Retain'}}").ok();
      awaitOwners(resources, target, 1);
      assertThat(resources.get(target).at(OWNERS + "/0")).isEqualTo(JsonResources.json(other));
      resources.merge(target, "{'metadata': {'ownerReferences': null}}").ok();
      assertThat(comparable(resources.get(target))).isEqualTo(comparable(before));
    }
  }

  @ForEachKind
  void appliedAgainUnderRetainTakesBackWhatIsThere(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("a clone that comes back")) {
      JsonResources resources = namespace.json();
      String clone = clones(kind) + "/copy";
      String target = sources(kind) + "/copy";
      ObjectNode manifest = cloneOf(kind, "copy", "origin", "copy_name");
      spec(manifest).putObject("targetMetadata").putObject("labels").put("team", "x");
      resources.create(source(kind, "origin", "origin_name"));
      resources.create(manifest);
      namespace.startClusterWideOperator();
      JsonNode first = resources.awaitReason(clone, Reason.Cloned);
      resources.merge(target, "{'metadata': {'annotations': {'a-person': 'was here'}}}").ok();
      JsonNode made = resources.get(target);

      resources.delete(clone);
      resources.delete(sources(kind) + "/origin");
      String second = resources.create(manifest).at(UID).asText();
      JsonNode again = resources.awaitReason(clone, Reason.Cloned);
      assertThat(again.at("/status/" + kind.idField()))
          .isEqualTo(first.at("/status/" + kind.idField()));
      ObjectNode expected = comparable(made);
      ((ObjectNode) expected.at("/metadata/labels")).put(Labels.CLONE_UID, second);
      assertThat(comparable(resources.get(target))).isEqualTo(expected);
      assertThat(resources.list(sources(kind))).hasSize(1);

      resources.delete(clone);
      spec(manifest).put("deletionPolicy", "Delete");
      String third = resources.create(manifest).at(UID).asText();
      resources.awaitReason(clone, Reason.Cloned);
      awaitOwners(resources, target, 1);
      assertThat(resources.get(target).at(OWNERS + "/0/uid").asText()).isEqualTo(third);
      assertThat(resources.get(target).at(UID)).isEqualTo(made.at(UID));
    }
  }

  private static ObjectNode clone(CatalogKind<?, ?> kind, String name, String policy) {
    ObjectNode clone = cloneOf(kind, name, "origin", name + "_name");
    spec(clone).put("deletionPolicy", policy);
    return clone;
  }

  private static void awaitOwners(JsonResources resources, String target, int number) {
    await("%d owners of %s".formatted(number, target))
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(() -> assertThat(resources.get(target).at(OWNERS)).hasSize(number));
  }

  /** The resource without what changes with each write. */
  private static ObjectNode comparable(JsonNode resource) {
    ObjectNode copy = resource.deepCopy();
    ((ObjectNode) copy.get("metadata")).remove("resourceVersion");
    ((ObjectNode) copy.get("metadata")).remove("managedFields");
    return copy;
  }
}
