package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edits at the worst moments: what the spec says arrives at Mixpeek, and nothing is made twice. */
@ParameterizedClass
@EnumSource(TestServer.class)
class RemoteEditsTest extends RemoteSuite {

  private static final String KEY = "sk_of_edits";

  RemoteEditsTest(TestServer server) {
    super(server, "edits of what is at Mixpeek");
    namespace.connect(fake, KEY, 6000);
    namespace.startOperator();
  }

  @Test
  void anEditWhileItIsOpenWhetherItWasMadeIsSentAfterwards() {
    leaveOpen(RemoteFault.LOST_AFTER, "videos", this::createVideos);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited"));
    fake.faults().heal();
    collections.awaitResource("videos", Reason.Assigned);
    awaitHeld("videos_name", held -> held.path("description").asText().equals("edited"));
    assertThat(catalog().objects()).hasSize(1);
  }

  @Test
  void aTargetThatIsEditedBeforeItIsMadeIsMadeAsItIsByThen() {
    createVideos();
    collections.awaitResource("videos", Reason.Assigned);
    fake.faults().inject(RemoteFault.QUOTA, 1, Operation.CLONE);
    collections.createClone("copy", "videos", "copy_name");
    collections.awaitResource("copy", Reason.QuotaExceeded);
    collections.editResource("copy", r -> r.getSpec().put("enabled", false));
    collections.awaitReason("copy", Reason.Cloned);
    assertThat(held("copy_name").path("enabled").asBoolean(true)).isFalse();
  }

  @Test
  void aChangeOfWhichTheAnswerWasLostIsTakenBackByAnEditBack() {
    createVideos();
    collections.awaitResource("videos", Reason.Assigned);
    fake.faults().inject(RemoteFault.LOST_AFTER, 1, Operation.PATCH);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited"));
    collections.awaitResource("videos", Reason.ConnectionNotReady);
    collections.editResource("videos", r -> r.getSpec().put("description", "d"));
    awaitHeld("videos_name", held -> held.path("description").asText().equals("d"));
    collections.awaitResource("videos", Reason.Assigned);
  }

  @Test
  void anEditThatIsTakenBackWhileItIsSentIsTakenBackThere() {
    createVideos();
    collections.awaitResource("videos", Reason.Assigned);
    fake.faults().inject(RemoteFault.LATE, 1, Operation.PATCH);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited"));
    await().atMost(PATIENCE).until(fake::isBusy);
    collections.editResource("videos", r -> r.getSpec().put("description", "d"));
    await()
        .atMost(PATIENCE)
        .until(() -> fake.exchanges().stream().filter(RemoteEditsTest::isChanged).count() == 2);
    assertThat(held("videos_name").path("description").asText()).isEqualTo("d");
    // Which was the last: what is edited afterwards is sent alone.
    collections.editResource("videos", r -> r.getSpec().put("enabled", false));
    awaitHeld("videos_name", held -> !held.path("enabled").asBoolean(true));
    assertThat(fake.exchanges())
        .filteredOn(RemoteEditsTest::isChanged)
        .hasSize(3)
        .last()
        .satisfies(
            sent -> assertThat(sent.body()).isEqualTo(TypedResources.json("{\"enabled\": false}")));
  }

  private static boolean isChanged(FakeMixpeek.Exchange exchange) {
    return exchange.operation() == Operation.PATCH && exchange.status() == 200;
  }

  @Test
  void aRenameOntoANameThatIsGivenUpIsSentLater() {
    createVideos();
    collections.awaitResource("videos", Reason.Assigned);
    String holder =
        catalog()
            .add(TestCatalog.body(CatalogKind.COLLECTION, "wanted"))
            .path("collection_id")
            .asText();
    collections.editResource("videos", r -> r.getSpec().put("collectionName", "wanted"));
    collections.awaitResource("videos", Reason.NameConflict);
    catalog().remove(holder);
    collections.awaitResource("videos", Reason.Assigned);
    assertThat(held("wanted").path("description").asText()).isEqualTo("d");
  }

  @ParameterizedTest
  @EnumSource(names = {"OTHER_MISSING", "GATEWAY_MISSING", "BUSY"})
  void whatSaysNothingOfTheResourceItselfIsTriedAgain(RemoteFault fault) {
    createVideos();
    collections.awaitResource("videos", Reason.Assigned);
    fake.faults().inject(fault, 1, Operation.PATCH);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited"));
    collections.awaitResource("videos", Reason.ConnectionNotReady);
    awaitHeld("videos_name", held -> held.path("description").asText().equals("edited"));
    collections.awaitResource("videos", Reason.Assigned);
  }

  @Test
  void aChangeOfWhichTheAnswerSaysNothingIsLookedAt() {
    createVideos();
    collections.awaitResource("videos", Reason.Assigned);
    fake.faults().inject(RemoteFault.EMPTY_AFTER, 1, Operation.PATCH);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited"));
    awaitHeld("videos_name", held -> held.path("description").asText().equals("edited"));
    awaitObserved("videos");
    collections.awaitResource("videos", Reason.Assigned);
    assertThat(inSync("videos")).isEqualTo("True");
    fake.faults().inject(RemoteFault.EMPTY_OBJECT, 1, Operation.PATCH);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited again"));
    awaitHeld("videos_name", held -> held.path("description").asText().equals("edited again"));
  }

  @Test
  void anAnswerThatNamesSomethingElseIsNotBelieved() {
    fake.faults().inject(RemoteFault.OTHER_NAMED, 1, Operation.CREATE);
    createVideos();
    String id = collections.awaitResource("videos", Reason.Assigned).reportedId().orElseThrow();
    assertThat(held("videos_name").path("collection_id").asText()).isEqualTo(id);
  }

  @Test
  void aCloneOfASourceWhoseEditHasNotArrivedHoldsTheEdit() {
    createVideos();
    collections.awaitResource("videos", Reason.Assigned);
    fake.faults().inject(RemoteFault.UNAVAILABLE, 100_000, Operation.PATCH);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited"));
    collections.awaitResource("videos", Reason.ConnectionNotReady);
    collections.createClone("copy", "videos", "copy_name");
    await().atMost(PATIENCE).until(() -> collections.resource("copy") != null);
    collections.awaitResource("copy", Reason.ConnectionNotReady);
    fake.faults().heal();
    awaitHeld("copy_name", held -> held.path("description").asText().equals("edited"));
    collections.awaitReason("copy", Reason.Cloned);
    await().atMost(PATIENCE).until(() -> inSync("copy").equals("True"));
  }

  @Test
  void whatIsGoneIsNotInSync() {
    createVideos();
    String id = collections.awaitResource("videos", Reason.Assigned).reportedId().orElseThrow();
    await().atMost(PATIENCE).until(() -> inSync("videos").equals("True"));
    catalog().remove(id);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited"));
    collections.awaitResource("videos", Reason.RemoteMissing);
    assertThat(inSync("videos")).isEqualTo("False");
    collections.editResource("videos", r -> r.getSpec().put("description", "edited again"));
    awaitObserved("videos");
    assertThat(inSync("videos")).isEqualTo("False");
  }

  private void awaitObserved(String name) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Collection now = collections.resource(name);
              return now.getMetadata()
                  .getGeneration()
                  .equals(now.getStatus().getObservedGeneration());
            });
  }

  /** The status of the condition InSync, empty for none. */
  private String inSync(String name) {
    return collections
        .resource(name)
        .getStatus()
        .condition(Conditions.IN_SYNC)
        .map(Condition::getStatus)
        .orElse("");
  }

  @Test
  void whatIsRenamedBeforeItIsSentIsNotMadeUnderItsOldName() {
    editConnection(connection -> connection.getSpec().setRequestsPerMinute(2));
    awaitLookedAt();
    createVideos();
    await().atMost(PATIENCE).until(() -> collections.resource("videos").remote().attempt() != null);
    collections.editResource("videos", r -> r.getSpec().put("collectionName", "new_name"));
    editConnection(connection -> connection.getSpec().setRequestsPerMinute(6000));
    collections.awaitResource("videos", Reason.Assigned);
    assertThat(fake.exchanges())
        .filteredOn(exchange -> exchange.operation() == Operation.CREATE)
        .singleElement()
        .satisfies(
            sent -> assertThat(sent.body().path("collection_name").asText()).isEqualTo("new_name"));
  }

  @Test
  void whereAConnectionLedWhenSomethingWasAskedForIsRemembered() {
    leaveOpen(RemoteFault.LOST_AFTER, "videos", this::createVideos);
    awaitLeading(elsewhere);
    fake.faults().heal();
    collections.awaitResource("videos", Reason.ConnectionNotReady);
    assertThat(fake.catalog(elsewhere, CatalogKind.COLLECTION).objects()).isEmpty();
    awaitLeading(namespace.name());
    collections.awaitResource("videos", Reason.Assigned);
    assertThat(catalog().objects()).hasSize(1);
  }

  @Test
  void whatANameStoodForIsForgottenWithAnAttemptThatMadeNothing() {
    createVideos();
    collections.awaitResource("videos", Reason.Assigned);
    leaveOpen(RemoteFault.LOST_BEFORE, "frames", this::createFrames);
    assertThat(collections.resource("frames").getStatus().getReferences()).hasSize(1);
    catalog().add(TestCatalog.body(CatalogKind.COLLECTION, "frames_name"));
    fake.faults().heal();
    Collection taken = collections.awaitResource("frames", Reason.NameConflict);
    assertThat(taken.remote().attempt()).isNull();
    assertThat(taken.getStatus().getReferences()).isNull();
  }

  @Test
  void aNameThatReadsLikeThePinnedIdIsNotTakenOver() {
    catalog().add(TestCatalog.body(CatalogKind.COLLECTION, "col_gone"));
    collections.createResource(
        "videos", "videos_name", r -> r.getSpec().put("collectionId", "col_gone"));
    assertThat(collections.awaitResource("videos", Reason.RemoteMissing).reportedId()).isEmpty();
  }

  @Test
  void anEditOfWhatIsGoneIsSeen() {
    createVideos();
    String id = collections.awaitResource("videos", Reason.Assigned).reportedId().orElseThrow();
    catalog().remove(id);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited"));
    collections.awaitResource("videos", Reason.RemoteMissing);
    collections.editResource("videos", r -> r.getSpec().put("description", "edited again"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Collection now = collections.resource("videos");
              assertThat(now.getStatus().getObservedGeneration())
                  .isEqualTo(now.getMetadata().getGeneration());
            });
    assertThat(collections.resource("videos").isReported(Reason.RemoteMissing)).isTrue();
  }

  @Test
  void oneAnswerThatDoesNotComeDoesNotMakeAConnectionUnready() {
    createVideos();
    collections.awaitResource("videos", Reason.Assigned);
    String before = transition();
    fake.faults().inject(RemoteFault.INTERNAL_ERROR, 1, Operation.GET_NAMESPACE);
    // Has the Connection looked at again.
    fake.faults().inject(RemoteFault.REVOKED_KEY, 1, Operation.LIST);
    collections.createResource("other", "other_name");
    collections.awaitResource("other", Reason.Assigned);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                fake.exchanges().stream()
                    .anyMatch(e -> e.operation() == Operation.GET_NAMESPACE && e.status() == 500));
    assertThat(transition()).isEqualTo(before);
  }

  private void createVideos() {
    collections.createResource("videos", "videos_name");
  }

  private String transition() {
    return connection().ready().map(Condition::getLastTransitionTime).orElseThrow();
  }

  private ObjectNode held(String name) {
    return catalog().objects().stream()
        .filter(object -> object.path("collection_name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void awaitHeld(String name, Predicate<ObjectNode> expected) {
    await().atMost(PATIENCE).until(() -> expected.test(held(name)));
  }
}
