package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestLeadership;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What others do, and what arrives late, at the worst moment. */
class RemoteRacesTest extends RemoteSuite {

  private static final String KEY = "sk_first";

  RemoteRacesTest() {
    super(TestServer.best(), "races at Mixpeek");
    namespace.connect(fake, KEY, 6000);
  }

  @Test
  void whatSomebodyElseMadeMeanwhileIsNotDeleted() {
    startWithFirst();
    leaveOpen(
        RemoteFault.LOST_BEFORE,
        "videos",
        () -> collections.createResource("videos", "videos_name"));
    catalog()
        .add(
            TestCatalog.body(CatalogKind.COLLECTION, "videos_name")
                .put("description", "of somebody else"));
    collections.deleteResource("videos");
    fake.faults().heal();
    await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    assertThat(names(namespace.name())).contains("videos_name");
    assertThat(events()).contains("LeftBehind");
  }

  @Test
  void whatArrivesAfterTheNextRequestWasRefusedIsTold() {
    startWithFirst();
    fake.faults().inject(RemoteFault.VERY_LATE, 1, Operation.CREATE);
    fake.faults().inject(RemoteFault.INVALID, 1, Operation.CREATE);
    collections.createResource("videos", "videos_name");
    await().atMost(PATIENCE).until(() -> names(namespace.name()).contains("videos_name"));
    collections.awaitResource("videos", Reason.Assigned);
  }

  @Test
  void whatWasRefusedBeforeARestartIsAskedForWhereItLeads() {
    startWithFirst();
    fake.faults().inject(RemoteFault.INVALID, 1, Operation.CREATE);
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Refused);
    namespace.startOperator();
    collections.createResource("second", "second_name");
    collections.awaitResource("second", Reason.Assigned);
    awaitLeading(elsewhere);
    collections.awaitResource("videos", Reason.Assigned);
  }

  @Test
  void whoLeadsAgainLooksAgainBeforeItAsks() {
    TestLeadership leadership = new TestLeadership();
    leadership.begin();
    try (RunningOperator operator = operator(leadership)) {
      operator.start();
      collections.createResource("first", "first_name");
      collections.awaitResource("first", Reason.Assigned);
      fake.faults().inject(RemoteFault.LATE, 1, Operation.LIST);
      collections.createResource("videos", "videos_name");
      await().atMost(PATIENCE).until(fake::isBusy);
      leadership.end();
      await().atMost(PATIENCE).until(() -> !fake.isBusy());
      // Another leads meanwhile, and ends before it knows what came of its request.
      fake.faults().inject(RemoteFault.LOST_AFTER, 1, Operation.CREATE);
      fake.faults().injectAfter(Operation.CREATE, RemoteFault.INTERNAL_ERROR, Operation.LIST);
      namespace.startOperator();
      awaitLostCreation();
      namespace.stopOperator();
      fake.faults().heal();
      assertThat(collections.resource("videos").remote().attempt()).isNotNull();
      leadership.begin();
      collections.awaitResource("videos", Reason.Assigned);
      assertThat(fake.exchanges())
          .filteredOn(
              e ->
                  e.operation() == Operation.CREATE
                      && e.body().path("collection_name").asText().equals("videos_name"))
          .hasSize(1);
    }
  }

  @Test
  void whatIsRefusedAfterTheConnectionWasLedElsewhereIsAskedForThere() {
    startWithFirst();
    fake.faults().inject(RemoteFault.LATE_INVALID, 1, Operation.CREATE);
    collections.createResource("videos", "videos_name");
    await().atMost(PATIENCE).until(fake::isBusy);
    awaitLeading(elsewhere);
    assertThat(fake.isBusy()).isTrue();
    collections.awaitResource("videos", Reason.Assigned);
  }

  @Test
  void whatWasRefusedAndIsTakenBackIsNotSent() {
    startWithFirst();
    String id = collections.resource("first").reportedId().orElseThrow();
    fake.faults().inject(RemoteFault.INVALID, 1, Operation.PATCH);
    collections.editResource("first", r -> r.getSpec().put("description", "edited"));
    collections.awaitResource("first", Reason.Refused);
    catalog().change(id, TypedResources.json("{\"description\": \"theirs\"}"));
    collections.editResource("first", r -> r.getSpec().put("description", "d"));
    collections.awaitResource("first", Reason.Assigned);
    assertThat(fake.exchanges().stream().filter(e -> e.operation() == Operation.PATCH).count())
        .isEqualTo(1);
    assertThat(catalog().objects().get(0).path("description").asText()).isEqualTo("theirs");
  }

  @Test
  void aRetryAfterOfNothingIsNoReasonToAskWithoutEnd() {
    startWithFirst();
    fake.faults().inject(RemoteFault.THROTTLED_ZERO, 100_000, Operation.LIST);
    long before = lists();
    cloneFromMixpeek("copy", "only_there");
    await()
        .pollDelay(Duration.ofSeconds(5))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lists() - before).isLessThan(10));
  }

  @Test
  void aListThatSaysNothingIsNoEmptyList() {
    startWithFirst();
    leaveOpen(
        RemoteFault.LOST_AFTER,
        "videos",
        () -> collections.createResource("videos", "videos_name"));
    collections.deleteResource("videos");
    fake.faults().heal();
    fake.faults().inject(RemoteFault.EMPTY_OBJECT, 3, Operation.LIST);
    await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    assertThat(names(namespace.name())).containsExactly("first_name");
  }

  @Test
  void whatWasMadeThoughTheApiFailedAtItsAnswerIsTakenOver() {
    startWithFirst();
    fake.faults().inject(RemoteFault.INVALID_ANSWER, 1, Operation.CREATE);
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Assigned);
    assertThat(names(namespace.name())).containsExactly("first_name", "videos_name");
  }

  @Test
  void aLookUpThatTheApiFailedAtIsNoFaultOfTheSpec() {
    startWithFirst();
    fake.faults().inject(RemoteFault.INVALID_ANSWER, 1, Operation.LIST);
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Assigned);
  }

  private long lists() {
    return fake.exchanges().stream().filter(e -> e.operation() == Operation.LIST).count();
  }
}
