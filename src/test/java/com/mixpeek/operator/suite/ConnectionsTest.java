package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionRef;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a Connection says, and what goes on through it. */
@ParameterizedClass
@EnumSource(TestServer.class)
class ConnectionsTest extends RemoteSuite {

  private static final String KEY = "sk_known_text_of_a_key";

  ConnectionsTest(TestServer server) {
    super(server, "connections");
  }

  @Test
  void whatWaitsForASecretAKeyOrANamespaceGoesOnByItself() {
    namespace.connect(fake, KEY, 6000);
    fake.revoke(KEY);
    namespace.client().secrets().inNamespace(namespace.name()).withName("mixpeek").delete();
    namespace.startOperator();
    collections.createResource("origin", "origin_name");
    awaitConnection(Reason.SecretNotFound, "There is no Secret mixpeek");
    collections.awaitResource("origin", Reason.ConnectionNotReady);
    namespace.putKey(KEY);
    awaitConnection(Reason.Unauthorized, "Put a valid key into the Secret");
    collections.awaitResource("origin", Reason.ConnectionNotReady);
    fake.allow("sk_another_key");
    namespace.putKey("sk_another_key");
    awaitConnection(Reason.Connected, "can be reached");
    collections.awaitResource("origin", Reason.Assigned);
    assertThat(connection().getStatus().id()).isEqualTo("ns_" + namespace.name());
  }

  @Test
  void aRotatedKeyIsUsedWithoutARestart() {
    namespace.connect(fake, KEY, 6000);
    namespace.startOperator();
    collections.createResource("origin", "origin_name");
    collections.awaitResource("origin", Reason.Assigned);
    fake.allow("sk_rotated");
    namespace.putKey("sk_rotated");
    fake.revoke(KEY);
    collections.createClone("copy", "origin", "copy_name");
    collections.awaitReasonWithin("copy", Reason.Cloned, PATIENCE);
    awaitConnection(Reason.Connected, "can be reached");
  }

  @Test
  void aWrongNamespaceAndAHostThatIsNotAllowedUntilTheyAreCorrected() {
    namespace.connect(fake, KEY, 6000);
    editConnection(connection -> connection.getSpec().setNamespace("nowhere"));
    namespace.startOperator();
    awaitConnection(Reason.NamespaceNotFound, "Correct spec.namespace");
    editConnection(
        connection -> {
          connection.getSpec().setNamespace(namespace.name());
          connection.getSpec().setBaseUrl("https://evil.example.com");
        });
    awaitConnection(Reason.BaseUrlNotAllowed, "Keys are not sent to evil.example.com");
    editConnection(connection -> connection.getSpec().setBaseUrl("http://127.0.0.1:1"));
    awaitConnection(Reason.Unreachable, "did not answer");
    editConnection(connection -> connection.getSpec().setBaseUrl(fake.url().toString()));
    awaitConnection(Reason.Connected, "can be reached");
  }

  @Test
  void aCloneCostsTwoRequestsAndSendsTheOverridesOnly() {
    namespace.connect(fake, KEY, 6000);
    namespace.startOperator();
    collections.createResource("origin", "origin_name");
    collections.awaitResource("origin", Reason.Assigned);
    int before = fake.exchanges().size();
    collections.createClone(
        "copy", "origin", "copy_name", c -> c.getSpec().getOverrides().put("description", "new"));
    collections.awaitReason("copy", Reason.Cloned);
    List<FakeMixpeek.Exchange> asked =
        fake.exchanges().subList(before, fake.exchanges().size()).stream()
            // A page of what is there already, should that be due just now.
            .filter(e -> e.operation() != Operation.LIST || e.body().has("filters"))
            .toList();
    assertThat(asked)
        .extracting(FakeMixpeek.Exchange::operation)
        .containsExactly(Operation.LIST, Operation.CLONE);
    assertThat(asked.get(1).body())
        .isEqualTo(
            TypedResources.json("{\"collection_name\": \"copy_name\", \"description\": \"new\"}"));
    Collection copy = collections.resource("copy");
    assertThat(copy.getStatus().getRemote().outputSchema()).isNotNull();
    assertThat(copy.getStatus().getRemote().createdAt()).isNotNull();
    assertThat(copy.getFinalizers()).as("a copied policy would delete unasked").isEmpty();
    assertThat(collections.resource("origin").getFinalizers())
        .containsExactly("mixpeek.com/remote");
  }

  @Test
  void aChangeIsOnePatchOfWhatChangedAndWhatOthersChangedStays() {
    namespace.connect(fake, KEY, 6000);
    namespace.startOperator();
    collections.createResource("origin", "origin_name", r -> r.getSpec().put("enabled", true));
    String id = collections.awaitResource("origin", Reason.Assigned).reportedId().orElseThrow();
    catalog().change(id, TypedResources.json("{\"enabled\": false}"));
    collections.editResource("origin", r -> r.getSpec().put("description", "changed"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(collections.resource("origin").getStatus().condition("InSync"))
                    .hasValueSatisfying(
                        told -> {
                          assertThat(told.getStatus()).isEqualTo("False");
                          assertThat(told.getMessage()).contains("in enabled:");
                        }));
    assertThat(fake.exchanges())
        .filteredOn(e -> e.operation() == Operation.PATCH)
        .singleElement()
        .satisfies(
            e ->
                assertThat(e.body())
                    .isEqualTo(TypedResources.json("{\"description\": \"changed\"}")));
  }

  @Test
  void aSourceThatOnlyMixpeekHasIsCloned() {
    namespace.connect(fake, KEY, 6000);
    namespace.startOperator();
    String id =
        catalog()
            .add(TestCatalog.body(CatalogKind.COLLECTION, "only_there"))
            .path("collection_id")
            .asText();
    for (String field : List.of("collectionId", "collectionName")) {
      String name = field.toLowerCase(Locale.ROOT);
      collections.createClone(
          name,
          "",
          "copy_by_" + name,
          c -> {
            c.getSpec()
                .setSourceRef(
                    TypedResources.json("{}").put(field, field.endsWith("Id") ? id : "only_there"));
            c.getSpec().setConnectionRef(new ConnectionRef(TestNamespace.CONNECTION));
          });
      CollectionClone done = collections.awaitReason(name, Reason.Cloned);
      assertThat(done.getStatus().sourceId()).isEqualTo(id);
      assertThat(
              collections
                  .resource(name)
                  .getSpec()
                  .path("source")
                  .path("bucketIds")
                  .path(0)
                  .asText())
          .isEqualTo("bkt_a");
    }
  }

  @Test
  void aCloneOfASourceInTheClusterCannotGoElsewhere() {
    namespace.startOperator();
    collections.createResource("origin", "origin_name");
    namespace.connect(fake, KEY, 6000);
    collections.createClone(
        "copy",
        "origin",
        "copy_name",
        c -> c.getSpec().setConnectionRef(new ConnectionRef(TestNamespace.CONNECTION)));
    collections.awaitReason("copy", Reason.InvalidOverrides);
  }

  @Test
  void whatIsGoneAtMixpeekIsSaidAndNotMadeAgain() {
    namespace.connect(fake, KEY, 6000);
    namespace.startOperator();
    collections.createResource("origin", "origin_name");
    collections.createResource("kept", "kept_name");
    String id = collections.awaitResource("origin", Reason.Assigned).reportedId().orElseThrow();
    collections.awaitResource("kept", Reason.Assigned);
    catalog().remove(id);
    collections.editResource("origin", r -> r.getSpec().put("description", "changed"));
    collections.awaitResource("origin", Reason.RemoteMissing);
    assertThat(collections.resource("origin").reportedId()).contains(id);
    assertThat(catalog().objects()).hasSize(1);
  }

  @Test
  void renamedOntoANameThatIsTakenThereKeepsItsId() {
    namespace.connect(fake, KEY, 6000);
    catalog().add(TestCatalog.body(CatalogKind.COLLECTION, "taken"));
    namespace.startOperator();
    collections.createResource("origin", "origin_name");
    String id = collections.awaitResource("origin", Reason.Assigned).reportedId().orElseThrow();
    collections.editResource("origin", r -> r.getSpec().put("collectionName", "taken"));
    assertThat(collections.awaitResource("origin", Reason.NameConflict).reportedId()).contains(id);
    collections.editResource("origin", r -> r.getSpec().put("collectionName", "free"));
    assertThat(collections.awaitResource("origin", Reason.Assigned).reportedId()).contains(id);
    assertThat(catalog().objects())
        .extracting(object -> object.path("collection_name").asText())
        .containsExactlyInAnyOrder("taken", "free");
  }

  @Test
  void requestsStayBelowTheLimitAndTheRestIsToldToWait() {
    namespace.connect(fake, KEY, 10);
    namespace.startOperator();
    for (int i = 0; i < 12; i++) {
      collections.createResource("r-" + i, "name_" + i);
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                collections.resources().stream().filter(r -> r.isReported(Reason.Throttled)).count()
                    >= 6);
    assertThat(fake.exchanges().size()).isLessThanOrEqualTo(10);
    assertThat(collections.resources())
        .filteredOn(r -> r.isReported(Reason.Throttled))
        .allSatisfy(
            r ->
                assertThat(r.ready().map(Condition::getMessage).orElse(""))
                    .contains("until about"));
  }

  @Test
  void aHigherLimitIsUsedByThoseWhoWaitAlready() {
    namespace.connect(fake, KEY, 2);
    namespace.startOperator();
    for (int i = 0; i < 8; i++) {
      collections.createResource("r-" + i, "name_" + i);
    }
    await()
        .atMost(PATIENCE)
        .until(
            () -> collections.resources().stream().anyMatch(r -> r.isReported(Reason.Throttled)));
    editConnection(connection -> connection.getSpec().setRequestsPerMinute(6000));
    for (int i = 0; i < 8; i++) {
      collections.awaitResource("r-" + i, Reason.Assigned);
    }
  }

  @Test
  void aRestartAndIdlenessWriteNothing() {
    namespace.connect(fake, KEY, 6000);
    namespace.startOperator();
    collections.createResource("origin", "origin_name");
    collections.awaitResource("origin", Reason.Assigned);
    collections.createClone("copy", "origin", "copy_name");
    collections.awaitReason("copy", Reason.Cloned);
    var second = namespace.startOperator();
    awaitConnection(Reason.Connected, "can be reached");
    await()
        .during(Duration.ofSeconds(3))
        .atMost(PATIENCE)
        .until(() -> second.recorder().requests().stream().noneMatch(ApiRequest::writes));
  }

  @Test
  void theKeyIsShownNowhere() {
    namespace.connect(fake, KEY, 6000);
    namespace.startOperator();
    fake.faults().inject(RemoteFault.REVOKED_KEY, 1, Operation.LIST);
    collections.createResource("origin", "origin_name");
    collections.awaitResource("origin", Reason.Assigned);
    fake.faults().inject(RemoteFault.REVOKED_KEY, 1, Operation.DELETE);
    collections.deleteResource("origin");
    await().atMost(PATIENCE).until(() -> collections.resource("origin") == null);
    String told =
        Serialization.asJson(connection())
            + Serialization.asJson(
                namespace.client().events().v1().events().inNamespace(namespace.name()).list())
            + namespace.operator().metrics().getMeters().stream()
                .map(m -> m.getId().toString())
                .toList();
    assertThat(told).contains("[API key]").doesNotContain(KEY);
  }

  private void awaitConnection(Reason reason, String words) {
    await(reason.name())
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Connection now = connection();
              assertThat(now.ready().map(Condition::getReason)).contains(reason.name());
              assertThat(now.ready().map(Condition::getMessage).orElse("")).contains(words);
              assertThat(now.getStatus().getObservedGeneration())
                  .isEqualTo(now.getMetadata().getGeneration());
            });
  }
}
