package com.mixpeek.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mixpeek.operator.client.OperatorClient;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApiContactTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void anAnswerIsTimedUnderItsCode() {
    try (EmbeddedApiServer server = new EmbeddedApiServer();
        KubernetesClient client = OperatorClient.build(server.config(), new ApiContact(registry))) {
      client.secrets().inNamespace("a").list();
    }
    var timer =
        registry
            .get("mixpeek.api.request.duration")
            .tags("verb", "list", "resource", "secrets", "code", "200")
            .timer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.SECONDS)).isBetween(0.0, 60.0);
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
    assertThat(
            registry
                .get("mixpeek.api.request.duration")
                .tags("verb", "list", "resource", "secrets", "code", "none")
                .timer()
                .count())
        .isEqualTo(3);
  }
}
