package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestLeadership;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A Connection that is led to another Mixpeek namespace, or given another key. */
@ParameterizedClass
@EnumSource(TestServer.class)
class ConnectionEditsTest extends RemoteSuite {

  private static final String KEY = "sk_before";

  ConnectionEditsTest(TestServer server) {
    super(server, "edits of Connections");
    namespace.connect(fake, KEY, 6000);
  }

  @Test
  void whatIsCreatedAfterTheEditIsMadeWhereItLeads() {
    startWithFirst();
    fake.faults().inject(RemoteFault.LATE, 1, Operation.GET_NAMESPACE);
    leadTo(elsewhere);
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Assigned);
    assertThat(names(namespace.name())).containsExactly("first_name");
    assertThat(names(elsewhere)).containsExactly("videos_name");
  }

  @Test
  void whoLeadsAgainMakesNothingWhereItLedBefore() {
    TestLeadership leadership = new TestLeadership();
    leadership.begin();
    try (RunningOperator operator = operator(leadership)) {
      operator.start();
      collections.createResource("first", "first_name");
      collections.awaitResource("first", Reason.Assigned);
      leadership.end();
      leadTo(elsewhere);
      collections.createResource("videos", "videos_name");
      leadership.begin();
      collections.awaitResource("videos", Reason.Assigned);
      assertThat(names(namespace.name())).containsExactly("first_name");
      assertThat(names(elsewhere)).containsExactly("videos_name");
    }
  }

  @Test
  void whatIsDeletedAfterwardsStaysWhereItIsWhichIsTold() {
    startWithFirst();
    awaitLeading(elsewhere);
    collections.deleteResource("first");
    await().atMost(PATIENCE).until(() -> collections.resource("first") == null);
    assertThat(names(namespace.name())).containsExactly("first_name");
    assertThat(events()).contains("LeftBehind");
  }

  @Test
  void whatIsWhereItLedBeforeIsNotSaidToBeGone() {
    startWithFirst();
    String id = collections.resource("first").reportedId().orElseThrow();
    awaitLeading(elsewhere);
    Collection first = collections.awaitResource("first", Reason.ConnectionNotReady);
    assertThat(first.reportedId()).contains(id);
    assertThat(first.ready().orElseThrow().getMessage())
        .isEqualTo(
            "Collection %s is in Mixpeek namespace ns_%s, and Connection %s leads to ns_%s: let it lead there again."
                .formatted(id, namespace.name(), TestNamespace.CONNECTION, elsewhere));
    collections.editResource("first", r -> r.getSpec().put("description", "changed"));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(PATIENCE)
        .until(() -> collections.resource("first").isReported(Reason.ConnectionNotReady));
    assertThat(fake.exchanges()).noneMatch(e -> e.operation() == Operation.PATCH);
    awaitLeading(namespace.name());
    collections.awaitResource("first", Reason.Assigned);
    await()
        .atMost(PATIENCE)
        .until(() -> catalog().objects().get(0).path("description").asText().equals("changed"));
  }

  @Test
  void whatIsGoneIsStillGoneWhenItLeadsThereAgain() {
    startWithFirst();
    catalog().remove(collections.resource("first").reportedId().orElseThrow());
    collections.editResource("first", r -> r.getSpec().put("description", "changed"));
    collections.awaitResource("first", Reason.RemoteMissing);
    awaitLeading(elsewhere);
    collections.awaitResource("first", Reason.ConnectionNotReady);
    awaitLeading(namespace.name());
    collections.awaitResource("first", Reason.RemoteMissing);
  }

  @Test
  void whatWasRefusedIsAskedForWhereItLeads() {
    startWithFirst();
    fake.faults().inject(RemoteFault.INVALID, 1, Operation.CREATE);
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Refused);
    awaitLeading(elsewhere);
    collections.awaitResource("videos", Reason.Assigned);
    assertThat(names(elsewhere)).contains("videos_name");
  }

  @Test
  void aSourceThatIsOnlyThereIsFoundThere() {
    startWithFirst();
    fake.catalog(elsewhere, CatalogKind.COLLECTION)
        .add(TestCatalog.body(CatalogKind.COLLECTION, "only_there"));
    cloneFromMixpeek("copy", "only_there");
    collections.awaitReason("copy", Reason.SourceNotFound);
    awaitLeading(elsewhere);
    collections.awaitReasonWithin("copy", Reason.Cloned, PATIENCE);
  }

  @Test
  void aSourceThatIsOnlyAtMixpeekIsFoundByTheNextKey() {
    startWithFirst();
    catalog().add(TestCatalog.body(CatalogKind.COLLECTION, "only_there"));
    fake.allow("sk_after");
    namespace.putKey("sk_after");
    fake.revoke(KEY);
    cloneFromMixpeek("copy", "only_there");
    collections.awaitReasonWithin("copy", Reason.Cloned, PATIENCE);
  }
}
