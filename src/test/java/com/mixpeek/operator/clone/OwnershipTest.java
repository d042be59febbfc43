package com.mixpeek.operator.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.CollectionCloneStatus;
import com.mixpeek.operator.api.CollectionStatus;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.DeletionPolicy;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.testing.StatusLinter;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the folders of {@link CloneGoldenTest} cannot show: owners that follow, orders that change.
 */
class OwnershipTest {

  private static final OwnerReference OURS = owner("CollectionClone", "second", "uid-of-the-clone");
  private static final OwnerReference FOREIGN = owner("ConfigMap", "second", "uid-of-another");

  private final CollectionClone order = order("v2");

  @Test
  void theOwnerReferenceFollowsThePolicyAndLeavesOthersAlone() {
    order.getSpec().setDeletionPolicy(DeletionPolicy.Delete);
    assertThat(Overlay.owners(order, List.of())).containsExactly(OURS);
    assertThat(Overlay.owners(order, List.of(FOREIGN))).containsExactly(FOREIGN, OURS);
    assertThat(Overlay.owners(order, List.of(OURS, FOREIGN))).containsExactly(OURS, FOREIGN);

    for (DeletionPolicy retain : new DeletionPolicy[] {DeletionPolicy.Retain, null}) {
      order.getSpec().setDeletionPolicy(retain);
      assertThat(Overlay.owners(order, List.of())).isEmpty();
      assertThat(Overlay.owners(order, List.of(FOREIGN))).containsExactly(FOREIGN);
      assertThat(Overlay.owners(order, List.of(OURS, FOREIGN))).containsExactly(FOREIGN);
    }
  }

  /**
   * Between the create and the first status a spec may be corrected: what was made is as it was.
   */
  @Test
  void anOrderCorrectedTooLateIsToldSo() {
    Collection source = collection("first", "v1");
    Collection made = Overlay.resource(CatalogKind.COLLECTION, order, source);
    made.setStatus(new CollectionStatus());
    made.getStatus().id("col_made");
    CollectionClone corrected = order("v3");
    corrected.getMetadata().setGeneration(2L);

    Verdict<Collection> verdict =
        new CloneLogic<>(CatalogKind.COLLECTION)
            .decide(corrected, InMemoryLookup.of(CatalogKind.COLLECTION, List.of(source, made)));

    assertThat(verdict).isInstanceOf(Verdict.HasTarget.class);
    Verdict.HasTarget<Collection> told = (Verdict.HasTarget<Collection>) verdict;
    assertThat(told.target()).isSameAs(made);
    assertThat(told.message())
        .isEqualTo(
            "Collection second (col_made) is a copy of first (col_first) at generation 4 as this"
                + " clone ordered it before its spec was changed: create another clone for the"
                + " order as it is now.");
  }

  /** The cluster removes what a clone that is gone owns, whatever this one orders. */
  @Test
  void whatAnEarlierCloneOwnsOrIsBeingDeletedIsAboutToGo() {
    Collection source = collection("first", "v1");
    Collection made = Overlay.resource(CatalogKind.COLLECTION, order("v3"), source);
    made.getMetadata().getLabels().put(Labels.CLONE_UID, "uid-of-an-earlier-clone");
    assertThat(blocked(source, made).passing()).isFalse();
    made.getMetadata()
        .setOwnerReferences(List.of(owner("CollectionClone", "second", "uid-of-an-earlier-clone")));
    assertThat(blocked(source, made).passing()).isTrue();
    assertThat(blocked(source, made).message()).contains("is about to be removed");
    made.getMetadata().setOwnerReferences(List.of(FOREIGN));
    assertThat(blocked(source, made).passing()).isFalse();
    made.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertThat(blocked(source, made).passing()).isTrue();
  }

  private Verdict.Blocked<Collection> blocked(Collection... resources) {
    Verdict<Collection> verdict =
        new CloneLogic<>(CatalogKind.COLLECTION)
            .decide(order, InMemoryLookup.of(CatalogKind.COLLECTION, List.of(resources)));
    assertThat(verdict).isInstanceOf(Verdict.Blocked.class);
    return (Verdict.Blocked<Collection>) verdict;
  }

  /** The target was deleted and made again by hand, under its name and with its marks. */
  @Test
  void anotherIdIsNeverToldInPlaceOfTheFirst() {
    Collection source = collection("first", "v1");
    Collection made = Overlay.resource(CatalogKind.COLLECTION, order, source);
    made.setStatus(new CollectionStatus());
    made.getStatus().id("col_made");
    InMemoryLookup<Collection> lookup =
        InMemoryLookup.of(CatalogKind.COLLECTION, List.of(source, made));
    CloneLogic<CollectionClone, Collection> logic = new CloneLogic<>(CatalogKind.COLLECTION);
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Verdict.HasTarget<Collection> first =
        (Verdict.HasTarget<Collection>) logic.decide(order, lookup);
    CollectionClone done = order("v2");
    done.setStatus(
        (CollectionCloneStatus)
            StatusLogic.of(CatalogKind.COLLECTION, order, first, now).orElseThrow());

    made.getStatus().id("col_other");
    Verdict.Blocked<Collection> second = (Verdict.Blocked<Collection>) logic.decide(done, lookup);

    assertThat(second.reason()).isEqualTo(Reason.TargetMissing);
    var after = StatusLogic.of(CatalogKind.COLLECTION, done, second, now).orElseThrow();
    StatusLinter.check(done, done.getStatus(), after);
    assertThat(after.id()).isEqualTo("col_made");
    assertThat(after.condition(Conditions.STALLED)).isPresent();
  }

  private static CollectionClone order(String newName) {
    CollectionClone order = new CollectionClone();
    order.getMetadata().setNamespace("production");
    order.getMetadata().setName("second");
    order.getMetadata().setUid("uid-of-the-clone");
    order.getMetadata().setGeneration(1L);
    var json = JsonNodeFactory.instance;
    order.getSpec().setSourceRef(json.objectNode().put("name", "first"));
    order.getSpec().setOverrides(json.objectNode().put("collectionName", newName));
    return order;
  }

  private static Collection collection(String name, String catalogName) {
    Collection collection = new Collection();
    collection.getMetadata().setNamespace("production");
    collection.getMetadata().setName(name);
    collection.getMetadata().setGeneration(4L);
    collection.getSpec().put("collectionName", catalogName);
    collection.setStatus(new CollectionStatus());
    collection.getStatus().id("col_" + name);
    return collection;
  }

  private static OwnerReference owner(String kind, String name, String uid) {
    return new OwnerReferenceBuilder()
        .withApiVersion(kind.equals("ConfigMap") ? "v1" : "mixpeek.com/v1alpha1")
        .withKind(kind)
        .withName(name)
        .withUid(uid)
        .build();
  }
}
