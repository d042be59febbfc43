package com.mixpeek.operator.suite;

import static com.mixpeek.operator.testing.server.EmbeddedApiServer.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The API server takes no copy of what only Mixpeek has, such as beyond a quota. */
class RefusedRemoteCloneTest extends RemoteSuite {

  RefusedRemoteCloneTest() {
    super(TestServer.EMBEDDED, "refused clones");
    namespace.connect(fake, "sk_of_few", 10);
  }

  @Test
  void isTriedAgainWithoutTakingAllRequestsOfAMinute() throws Exception {
    catalog().add(TestCatalog.body(CatalogKind.COLLECTION, "only_there"));
    String path = "/namespaces/" + namespace.name() + "/collections";
    AutoCloseable quota =
        ((EmbeddedApiServer) namespace.server())
            .refuse(
                request ->
                    request.getMethod().equals("POST") && request.getPath().endsWith(path)
                        ? refusal(403, "Forbidden", "exceeded quota: collections.")
                        : null);
    namespace.startOperator();
    cloneFromMixpeek("copy", "only_there");
    collections.awaitReason("copy", Reason.CreateRefused);
    await()
        .during(Duration.ofSeconds(45))
        .atMost(PATIENCE)
        .until(() -> collections.clone("copy").isReported(Reason.CreateRefused));
    assertThat(fake.exchanges())
        .filteredOn(exchange -> exchange.operation() == Operation.LIST)
        .hasSizeLessThan(5);
    assertThat(collections.events(Reason.CreateRefused)).containsExactly("copy");
    quota.close();
    collections.awaitReasonWithin("copy", Reason.Cloned, Duration.ofMinutes(3));
  }
}
