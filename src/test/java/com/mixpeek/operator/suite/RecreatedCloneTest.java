package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A clone is deleted while Mixpeek is asked for its source, and another created under its name: the
 * end of the first one's turn takes nothing from the second.
 */
@ParameterizedClass
@EnumSource(TestServer.class)
class RecreatedCloneTest extends RemoteSuite {

  private static final List<String> REMOTE = List.of("connectionRef", "deletionPolicy");

  RecreatedCloneTest(TestServer server) {
    super(server, "clones that are created anew");
  }

  @Test
  void saysWhatItWaitsFor() {
    namespace.connect(fake);
    namespace.startOperator();
    collections.createResource(
        "pending",
        "pending_name",
        r -> {
          r.getSpec().remove(REMOTE);
          r.getSpec()
              .putObject("source")
              .put("type", "collection")
              .putObject("collectionRef")
              .put("name", "nobody");
        });
    collections.awaitResource("pending", Reason.ReferenceNotFound);
    cloneFromMixpeek("copy", "missing");
    collections.awaitReason("copy", Reason.SourceNotFound);
    fake.faults().inject(RemoteFault.LATE, 1, Operation.LIST);
    // Has the clone decided on again, which asks Mixpeek.
    collections.createResource("rival", "copy_name", r -> r.getSpec().remove(REMOTE));
    await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(fake::isBusy);
    collections.deleteClone("copy");
    collections.createClone("copy", "pending", "other_name");
    collections.awaitReasonWithin("copy", Reason.SourceNotReady, PATIENCE);
  }

  @Test
  void makesNothingForWhatIsGone() {
    askForTheSource();
    collections.deleteClone("copy");
    await().atMost(PATIENCE).until(() -> !fake.isBusy());
    await()
        .during(Duration.ofSeconds(1))
        .atMost(PATIENCE)
        .until(() -> collections.resource("copy") == null);
  }

  @Test
  void makesWhatIsOrderedByThen() {
    askForTheSource();
    collections.editClone(
        "copy", clone -> clone.getSpec().getOverrides().put("collectionName", "corrected"));
    collections.awaitReasonWithin("copy", Reason.Cloned, PATIENCE);
    assertThat(collections.resource("copy").getSpec().path("collectionName").asText())
        .isEqualTo("corrected");
  }

  private void askForTheSource() {
    namespace.connect(fake);
    catalog().add(TestCatalog.body(CatalogKind.COLLECTION, "there"));
    startWithFirst();
    fake.faults().inject(RemoteFault.LATE, 1, Operation.LIST);
    cloneFromMixpeek("copy", "there");
    await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(fake::isBusy);
  }
}
