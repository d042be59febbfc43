package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Replica;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.RequestRecorder;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Collections of one name and spec in two namespaces that lead to one Mixpeek namespace: under
 * controllers for both, and, where namespaces are selected, under some for each.
 */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class RemoteNamesakesTest extends RemoteSuite {

  private final boolean selected;
  private final TestNamespace second = new TestNamespace(namespace.server());
  private final TypedResources<CollectionClone, Collection> others;
  private AutoCloseable operator;

  RemoteNamesakesTest(boolean selected) {
    super(TestServer.EMBEDDED, "two of one name at Mixpeek");
    this.selected = selected;
    namespace.connect(fake, "sk_first", 6000);
    others = second.resources(CatalogKind.COLLECTION);
    second.connect(fake, "sk_second", 6000);
    second.editConnection(connection -> connection.getSpec().setNamespace(namespace.name()));
  }

  @BeforeEach
  void start() throws InterruptedException {
    if (selected) {
      select(namespace);
      select(second);
      Replica replica =
          TestReplicas.shard(
              namespace.server(), "one", "namesakes=" + namespace.name(), new RequestRecorder());
      replica.start();
      operator = replica;
    } else {
      operator =
          new RunningOperator(
                  namespace.server(),
                  namespace.settings().watching(Set.of(namespace.name(), second.name())),
                  Clock.systemUTC())
              .start();
    }
  }

  @AfterEach
  void stop() throws Exception {
    operator.close();
    second.close();
  }

  @Test
  void whoLostItsRequestDoesNotTakeOverWhatTheOtherMakes() {
    loseOneAndAnswerTheOtherLate();
    collections.awaitResource("videos", Reason.NameConflict);
    others.awaitResource("videos", Reason.Assigned);
    assertThat(catalog().objects()).hasSize(1);
  }

  @Test
  void whoLostItsRequestDoesNotDeleteWhatTheOtherMakes() {
    loseOneAndAnswerTheOtherLate();
    collections.deleteResource("videos");
    await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    others.awaitResource("videos", Reason.Assigned);
    assertThat(catalog().objects()).hasSize(1);
  }

  @Test
  void whatWasMadeForOneOfTwoThatLostTheirAnswersIsTakenOverByOne() {
    fake.faults().inject(RemoteFault.LOST_BEFORE, 1, Operation.CREATE);
    fake.faults().inject(RemoteFault.LOST_AFTER, 1, Operation.CREATE);
    collections.createResource("videos", "videos_name");
    awaitLostCreation();
    others.createResource("videos", "videos_name");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                one().isReported(Reason.Assigned) && other().isReported(Reason.NameConflict)
                    || one().isReported(Reason.NameConflict)
                        && other().isReported(Reason.Assigned));
    assertThat(catalog().objects()).hasSize(1);
  }

  @Test
  void whoHasNotAskedYetKeepsNobodyFromTakingOverWhatIsItsOwn() {
    second.editConnection(connection -> connection.getSpec().setRequestsPerMinute(2));
    others.createResource("videos", "videos_name");
    await().atMost(PATIENCE).until(() -> other().remote().attempt() != null);
    fake.faults().inject(RemoteFault.LOST_AFTER, 1, Operation.CREATE);
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Assigned);
    assertThat(other().remote().attempt()).isNotNull();
    second.editConnection(connection -> connection.getSpec().setRequestsPerMinute(6000));
    others.awaitResource("videos", Reason.NameConflict);
    assertThat(catalog().objects()).hasSize(1);
  }

  private void loseOneAndAnswerTheOtherLate() {
    fake.faults().inject(RemoteFault.LOST_BEFORE, 1, Operation.CREATE);
    fake.faults().inject(RemoteFault.ANSWERED_LATE, 1, Operation.CREATE);
    collections.createResource("videos", "videos_name");
    await().atMost(PATIENCE).until(() -> one().remote().attempt() != null);
    awaitLostCreation();
    others.createResource("videos", "videos_name");
    await().atMost(PATIENCE).until(() -> !catalog().objects().isEmpty());
  }

  private Collection one() {
    return collections.resource("videos");
  }

  private Collection other() {
    return others.resource("videos");
  }

  private void select(TestNamespace which) {
    var now = which.client().namespaces().withName(which.name()).get();
    now.getMetadata().setLabels(Map.of("namesakes", namespace.name()));
    which.client().resource(now).update();
  }
}
