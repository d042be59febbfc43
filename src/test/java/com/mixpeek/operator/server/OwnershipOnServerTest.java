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
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of targets when their clones go, and of clones that come back. */
class OwnershipOnServerTest {

  private static final String KINDS = "com.mixpeek.operator.server.Manifests#kinds";
  private static final String UID = "/metadata/uid";
  private static final String OWNERS = "/metadata/ownerReferences";

  @ParameterizedTest
  @MethodSource(KINDS)
  void theClusterRemovesWhatIsOwnedAndNothingElse(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("garbage collection")) {
      scene.needsControllers("garbage collection");
      String clones = clones(kind) + "/";
      String targets = sources(kind) + "/";
      scene.create(source(kind, "origin", "origin_name"));
      for (String name : new String[] {"kept", "owned", "was-owned", "orphaned"}) {
        scene.create(clone(kind, name, name.equals("kept") ? "Retain" : "Delete"));
      }
      scene.startOperator();
      for (String name : new String[] {"kept", "owned", "was-owned", "orphaned"}) {
        scene.awaitReason(clones + name, Reason.Cloned);
      }
      scene.merge(clones + "was-owned", "{'spec': {'deletionPolicy': 'Retain'}}").ok();
      awaitOwners(scene, targets + "was-owned", 0);
      String first = scene.get(targets + "owned").at(UID).asText();

      scene.delete(clones + "kept");
      scene.delete(clones + "was-owned");
      scene.delete(clones + "owned");
      JsonNode again = scene.create(clone(kind, "owned", "Delete"));
      await("another target in place of the removed one")
          .atMost(Scene.COLLECTED)
          .until(
              () -> scene.get(targets + "owned"),
              now -> now != null && !now.at(UID).asText().equals(first));
      JsonNode done = scene.awaitReason(clones + "owned", Reason.Cloned);
      assertThat(done.at(UID)).isEqualTo(again.at(UID));
      assertThat(scene.get(targets + "owned").at(OWNERS + "/0/uid")).isEqualTo(again.at(UID));

      // Last, for a collector that does not know the kinds yet orphans nothing, operator or not.
      scene.delete(clones + "orphaned", "Orphan");
      scene.delete(clones + "owned", "Foreground");
      scene.awaitGone(clones + "orphaned");
      scene.awaitGone(targets + "owned");
      scene.awaitGone(clones + "owned");
      for (String name : new String[] {"origin", "kept", "was-owned", "orphaned"}) {
        JsonNode target = scene.get(targets + name);
        assertThat(target).as(name).isNotNull();
        assertThat(target.at(OWNERS)).as(name).isEmpty();
      }
      assertThat(scene.list(sources(kind))).hasSize(4);
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void theOwnerReferenceFollowsThePolicy(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("owner references")) {
      String clone = clones(kind) + "/copy";
      String target = sources(kind) + "/copy";
      scene.create(source(kind, "origin", "origin_name"));
      JsonNode created = scene.create(cloneOf(kind, "copy", "origin", "copy_name"));
      scene.startOperator();
      scene.awaitReason(clone, Reason.Cloned);
      JsonNode before = scene.get(target);
      assertThat(before.at(OWNERS)).isEmpty();
      String other =
          "{'apiVersion': 'v1', 'kind': 'Namespace', 'name': 'default', 'uid': '%s'}"
              .formatted(
                  scene.client.namespaces().withName("default").get().getMetadata().getUid());
      scene.merge(target, "{'metadata': {'ownerReferences': [%s]}}".formatted(other)).ok();

      scene.merge(clone, "{'spec': {'deletionPolicy': 'Delete'}}").ok();
      awaitOwners(scene, target, 2);
      JsonNode owner = scene.get(target).at(OWNERS + "/1");
      assertThat(owner)
          .isEqualTo(
              Manifests.json(
                  "{'apiVersion': 'mixpeek.com/v1alpha1', 'kind': '%sClone', 'name': 'copy', 'uid': '%s'}"
                      .formatted(kind.name(), created.at(UID).asText())));

      scene.merge(clone, "{'spec': {'deletionPolicy': 'Retain'}}").ok();
      awaitOwners(scene, target, 1);
      assertThat(scene.get(target).at(OWNERS + "/0")).isEqualTo(Manifests.json(other));
      scene.merge(target, "{'metadata': {'ownerReferences': null}}").ok();
      assertThat(comparable(scene.get(target))).isEqualTo(comparable(before));
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void appliedAgainUnderRetainTakesBackWhatIsThere(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("a clone that comes back")) {
      String clone = clones(kind) + "/copy";
      String target = sources(kind) + "/copy";
      ObjectNode manifest = cloneOf(kind, "copy", "origin", "copy_name");
      spec(manifest).putObject("targetMetadata").putObject("labels").put("team", "x");
      scene.create(source(kind, "origin", "origin_name"));
      scene.create(manifest);
      scene.startOperator();
      JsonNode first = scene.awaitReason(clone, Reason.Cloned);
      scene.merge(target, "{'metadata': {'annotations': {'a-person': 'was here'}}}").ok();
      JsonNode made = scene.get(target);

      scene.delete(clone);
      scene.delete(sources(kind) + "/origin");
      String second = scene.create(manifest).at(UID).asText();
      JsonNode again = scene.awaitReason(clone, Reason.Cloned);
      assertThat(again.at("/status/" + kind.idField()))
          .isEqualTo(first.at("/status/" + kind.idField()));
      ObjectNode expected = comparable(made);
      ((ObjectNode) expected.at("/metadata/labels")).put(Labels.CLONE_UID, second);
      assertThat(comparable(scene.get(target))).isEqualTo(expected);
      assertThat(scene.list(sources(kind))).hasSize(1);

      scene.delete(clone);
      spec(manifest).put("deletionPolicy", "Delete");
      String third = scene.create(manifest).at(UID).asText();
      scene.awaitReason(clone, Reason.Cloned);
      awaitOwners(scene, target, 1);
      assertThat(scene.get(target).at(OWNERS + "/0/uid").asText()).isEqualTo(third);
      assertThat(scene.get(target).at(UID)).isEqualTo(made.at(UID));
    }
  }

  private static ObjectNode clone(CatalogKind<?, ?> kind, String name, String policy) {
    ObjectNode clone = cloneOf(kind, name, "origin", name + "_name");
    spec(clone).put("deletionPolicy", policy);
    return clone;
  }

  private static void awaitOwners(Scene scene, String target, int number) {
    await("%d owners of %s".formatted(number, target))
        .atMost(Scene.PATIENCE)
        .untilAsserted(() -> assertThat(scene.get(target).at(OWNERS)).hasSize(number));
  }

  /** The resource without what changes with each write. */
  private static ObjectNode comparable(JsonNode resource) {
    ObjectNode copy = resource.deepCopy();
    ((ObjectNode) copy.get("metadata")).remove("resourceVersion");
    ((ObjectNode) copy.get("metadata")).remove("managedFields");
    return copy;
  }
}
