package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.ConnectionSpec;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A Connection comes to lead to another server, account or namespace at the worst moment. */
class ConnectionPlacesTest extends RemoteSuite {

  private static final String KEY = "sk_first";
  private static final String OTHER = "sk_other_account";

  ConnectionPlacesTest() {
    super(TestServer.best(), "places of Connections");
    namespace.connect(fake, KEY, 6000);
  }

  @Test
  void whatIsDeletedWhileTheNextPlaceIsUnreachableIsToldToStay() {
    startWithFirst();
    fake.faults().inject(RemoteFault.INTERNAL_ERROR, 1000, Operation.GET_NAMESPACE);
    leadTo(elsewhere);
    awaitConnection(Reason.Unreachable);
    collections.deleteResource("first");
    await()
        .during(Duration.ofSeconds(3))
        .atMost(PATIENCE)
        .until(() -> fake.exchanges().stream().noneMatch(e -> e.operation() == Operation.DELETE));
    fake.faults().heal();
    await().atMost(PATIENCE).until(() -> collections.resource("first") == null);
    assertThat(names(namespace.name())).containsExactly("first_name");
    assertThat(events()).contains("LeftBehind");
  }

  @Test
  void theConnectionDoesNotTellTheIdOfWhereItLedBefore() {
    startWithFirst();
    leadTo("nowhere");
    awaitConnection(Reason.NamespaceNotFound);
    assertThat(connection().getStatus().id()).isNull();
  }

  @Test
  void whatIsCreatedAfterAnotherSecretWasNamedIsMadeInItsAccount() {
    startWithFirst();
    otherAccount();
    fake.faults().inject(RemoteFault.LATE, 1, Operation.GET_NAMESPACE);
    secret("other");
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Assigned);
    assertThat(names(namespace.name())).containsExactly("first_name");
    assertThat(names(elsewhere)).containsExactly("videos_name");
  }

  @Test
  void whatWaitsForTheNamespaceToComeBackGoesOnWhenTheKeyLeadsThereAgain() {
    startWithFirst();
    otherAccount();
    leaveOpen(
        RemoteFault.LOST_AFTER,
        "videos",
        () -> collections.createResource("videos", "videos_name"));
    secret("other");
    await().atMost(PATIENCE).until(() -> ("ns_" + elsewhere).equals(connection().getStatus().id()));
    fake.faults().heal();
    collections.awaitResource("videos", Reason.ConnectionNotReady);
    secret(TestNamespace.CONNECTION);
    await()
        .atMost(PATIENCE)
        .until(() -> ("ns_" + namespace.name()).equals(connection().getStatus().id()));
    collections.awaitResource("videos", Reason.Assigned);
  }

  @Test
  void whoIsLedToAnotherServerDoesNotWaitForTheOneBefore() {
    startWithFirst();
    fake.faults().inject(RemoteFault.THROTTLED_LONG, 1, Operation.LIST);
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Throttled);
    try (FakeMixpeek other = new FakeMixpeek()) {
      other.allow(KEY);
      other.addNamespace(namespace.name());
      editConnection(connection -> connection.getSpec().setBaseUrl(other.url().toString()));
      awaitLookedAt();
      collections.awaitResource("videos", Reason.Assigned);
      namespace.stopOperator();
    }
  }

  @Test
  void whatIsInANamespaceThatWasRenamedIsToldToStay() {
    startWithFirst();
    fake.rename(namespace.name(), "renamed-" + namespace.name());
    collections.deleteResource("first");
    await().atMost(PATIENCE).until(() -> collections.resource("first") == null);
    assertThat(names("renamed-" + namespace.name())).containsExactly("first_name");
    assertThat(events()).contains("LeftBehind");
  }

  @Test
  void whatIsGoneIsStillGoneWhenItLeadsThereAgain() {
    startWithFirst();
    catalog().remove(collections.resource("first").reportedId().orElseThrow());
    // By the list, which is asked for half a minute later: after an edit it is asked for anyway.
    await()
        .atMost(PATIENCE)
        .until(() -> collections.resource("first").isReported(Reason.RemoteMissing));
    leadTo(elsewhere);
    collections.awaitResource("first", Reason.ConnectionNotReady);
    leadTo(namespace.name());
    collections.awaitResource("first", Reason.RemoteMissing);
  }

  @Test
  void anotherSecretWithTheSameKeyHoldsNothingUp() {
    startWithFirst();
    namespace.putKey("other", KEY);
    secret("other");
    awaitLookedAt();
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Assigned);
  }

  private void otherAccount() {
    fake.allow(OTHER);
    fake.alias(OTHER, namespace.name(), elsewhere);
    namespace.putKey("other", OTHER);
  }

  private void secret(String name) {
    editConnection(
        connection ->
            connection
                .getSpec()
                .setApiKeySecretRef(new ConnectionSpec.ApiKeySecretRef(name, "apiKey")));
  }

  private void awaitConnection(Reason reason) {
    await().atMost(PATIENCE).until(() -> connection().isReported(reason));
  }
}
