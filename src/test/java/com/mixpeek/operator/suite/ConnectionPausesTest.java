package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.ConnectionSpec.ApiKeySecretRef;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A Connection that is edited while Mixpeek has asked for a pause of an hour. */
class ConnectionPausesTest extends RemoteSuite {

  private static final String KEY = "sk_throttled";
  private static final String OTHER = "sk_of_another_account";

  ConnectionPausesTest() {
    super(TestServer.best(), "pauses of Connections");
    namespace.connect(fake, KEY, 6000);
  }

  @Test
  void aKeyThatComesAfterItsConnectionDoesNotWaitForTheOneBefore() {
    pause();
    fake.allow(OTHER);
    editConnection(
        connection ->
            connection.getSpec().setApiKeySecretRef(new ApiKeySecretRef("other", "apiKey")));
    await().atMost(PATIENCE).until(() -> connection().isReported(Reason.SecretNotFound));
    namespace.putKey("other", OTHER);
    await().atMost(PATIENCE).until(() -> connection().isReported(Reason.Connected));
    collections.awaitResource("videos", Reason.Assigned);
  }

  @Test
  void whoeverLeadsElsewhereMeanwhileIsToldToWait() {
    pause();
    leadTo(elsewhere);
    awaitLookedAt();
    assertThat(connection().ready().map(Condition::getMessage).orElse("")).contains("until about");
    collections.createResource("later", "later_name");
    collections.awaitResource("later", Reason.ConnectionNotReady);
  }

  @Test
  void theSecretIsReadNoMoreOftenThanOtherwise() {
    pause();
    leadTo(elsewhere);
    namespace.operator().recorder().clear();
    await()
        .pollDelay(Duration.ofSeconds(20))
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(namespace.operator().recorder().requests())
                    .filteredOn(request -> request.toString().contains("secrets"))
                    .hasSizeLessThan(5));
  }

  private void pause() {
    startWithFirst();
    fake.faults().inject(RemoteFault.THROTTLED_LONG, 1, Operation.LIST);
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Throttled);
  }
}
