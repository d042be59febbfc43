package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Collections of one name and spec in two namespaces that lead to one Mixpeek namespace. */
class RemoteNamesakesTest extends RemoteSuite {

  private final TestNamespace second = new TestNamespace(namespace.server());
  private final TypedResources<CollectionClone, Collection> others;

  RemoteNamesakesTest() {
    super(TestServer.best(), "two of one name at Mixpeek");
    namespace.connect(fake, "sk_first", 6000);
    others = second.resources(CatalogKind.COLLECTION);
    second.connect(fake, "sk_second", 6000);
    second.editConnection(connection -> connection.getSpec().setNamespace(namespace.name()));
  }

  @AfterEach
  void closeSecond() {
    second.close();
  }

  @Test
  void whoLostItsRequestDoesNotTakeOverWhatTheOtherMakes() {
    try (RunningOperator operator = start()) {
      fake.faults().inject(RemoteFault.LOST_BEFORE, 1, Operation.CREATE);
      fake.faults().inject(RemoteFault.ANSWERED_LATE, 1, Operation.CREATE);
      collections.createResource("videos", "videos_name");
      awaitLostCreation();
      others.createResource("videos", "videos_name");
      awaitOneHolder();
      others.awaitResource("videos", Reason.NameConflict);
      collections.awaitResource("videos", Reason.Assigned);
    }
  }

  @Test
  void oneSaysThatItWaitsForTheOther() {
    try (RunningOperator operator = start()) {
      leaveOpen(
          RemoteFault.LOST_BEFORE,
          "videos",
          () -> collections.createResource("videos", "videos_name"));
      fake.faults().heal();
      fake.faults().inject(RemoteFault.INTERNAL_ERROR, 100_000, Operation.CREATE);
      others.createResource("videos", "videos_name");
      others.awaitResource("videos", Reason.Creating);
      assertThat(others.resource("videos").ready().orElseThrow().getMessage())
          .contains("Collection videos in namespace " + namespace.name());
      // Whose outcome nobody waits for any more once it is deleted.
      collections.deleteResource("videos");
      fake.faults().heal();
      others.awaitResource("videos", Reason.Assigned);
    }
  }

  private RunningOperator start() {
    RunningOperator operator =
        new RunningOperator(
            namespace.server(),
            namespace.settings().watching(Set.of(namespace.name(), second.name())),
            Clock.systemUTC());
    operator.start();
    return operator;
  }

  private void awaitOneHolder() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                collections.resource("videos").reportedId().isPresent()
                    || others.resource("videos").reportedId().isPresent());
    await()
        .during(RemoteFault.LONG_DELAY)
        .atMost(PATIENCE)
        .until(
            () ->
                !collections
                    .resource("videos")
                    .reportedId()
                    .equals(others.resource("videos").reportedId()));
  }
}
