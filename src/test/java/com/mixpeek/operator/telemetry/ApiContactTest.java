package com.mixpeek.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.client.OperatorClient;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApiContactTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void anAnswerIsTimedUnderItsCode() {
    long start = System.nanoTime();
    try (EmbeddedApiServer server = new EmbeddedApiServer();
        KubernetesClient client = OperatorClient.build(server.config(), new ApiContact(registry))) {
      client.secrets().inNamespace("a").list();
    }
    awaitCount(1, "200");
    assertThat(timer("200").totalTime(TimeUnit.NANOSECONDS))
        .isBetween(0.0, (double) (System.nanoTime() - start));
  }

  /** The alert for a lost API server is on these. */
  @Test
  void noAnswerIsTimedToo() {
    Config nowhere = new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:1/").build();
    try (KubernetesClient client = OperatorClient.build(nowhere, new ApiContact(registry))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> client.secrets().inNamespace("a").list())
            .isInstanceOf(KubernetesClientException.class);
      }
    }
    awaitCount(3, "none");
  }

  /** It may be told of a moment after whoever asked has the answer. */
  private void awaitCount(long count, String code) {
    await().untilAsserted(() -> assertThat(timer(code).count()).isEqualTo(count));
  }

  private Timer timer(String code) {
    return registry.timer(
        "mixpeek.api.request.duration", "verb", "list", "resource", "secrets", "code", code);
  }
}
