package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.ConnectionSpec;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Connection comes to lead to another server, account or namespace at the worst moment. */
class ConnectionPlacesTest extends RemoteSuite {

  private static final String KEY = "sk_first";
  private static final String OTHER = "sk_other_account";

  private final String elsewhere = "elsewhere-" + namespace.name();

  ConnectionPlacesTest() {
    super(TestServer.best(), "places of Connections");
  }

  @BeforeEach
  void connect() {
    fake.addNamespace(elsewhere);
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
    secret("mixpeek");
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
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  connection()
                      .getMetadata()
                      .getGeneration()
                      .equals(connection().getStatus().getObservedGeneration()));
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

  private void otherAccount() {
    fake.allow(OTHER);
    fake.alias(OTHER, namespace.name(), elsewhere);
    namespace
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("other")
                .withNamespace(namespace.name())
                .endMetadata()
                .addToData(
                    "apiKey",
                    Base64.getEncoder().encodeToString(OTHER.getBytes(StandardCharsets.UTF_8)))
                .build())
        .create();
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
