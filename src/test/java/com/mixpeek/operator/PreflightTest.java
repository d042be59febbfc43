package com.mixpeek.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mixpeek.operator.client.OperatorClient;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.mockwebserver.http.MockResponse;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What the operator says that it waits for, before it does anything. */
class PreflightTest {

  private final EmbeddedApiServer server = new EmbeddedApiServer();
  private final KubernetesClient client = OperatorClient.build(server.config());

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void nothingIsMissing() {
    assertThat(new Preflight(client, Settings.defaults()).missing()).isEmpty();
  }

  @Test
  void manyNamespacesAreAskedAFewAtATime() {
    Set<String> namespaces =
        IntStream.range(0, 500).mapToObj(i -> "team-" + i).collect(Collectors.toSet());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    threads.resetPeakThreadCount();
    int before = threads.getThreadCount();
    assertThat(new Preflight(client, Settings.defaults().watching(namespaces)).missing()).isEmpty();
    assertThat(threads.getPeakThreadCount() - before).isLessThan(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | does not know who the operator is: correct its token or certificate.
          403 | The operator may not list taxonomies.mixpeek.com in namespace a: give its account
          404 | does not know taxonomies.mixpeek.com: install the CRDs (make install).
          500 | cannot answer yet (HTTP status 500: refused).
          """)
  void whatIsMissingIsSaidWithTheRemedy(int code, String sentence) throws Exception {
    try (AutoCloseable refused =
        server.refuse(
            request ->
                request.getPath().contains("/taxonomies?")
                    ? EmbeddedApiServer.refusal(code, "Refused", "refused")
                    : null)) {
      assertThat(new Preflight(client, Settings.defaults().watching(Set.of("a"))).missing())
          .hasValueSatisfying(said -> assertThat(said).contains(sentence).contains("Waiting for"));
    }
    assertThat(new Preflight(client, Settings.defaults().watching(Set.of("a"))).missing())
        .isEmpty();
  }

  /** For an API group that it does not know the API server answers in plain text. */
  @Test
  void whatIsNotInstalledIsSaidAndNotThatAProxyIsInTheWay() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(OperatorClient.class.getPackageName());
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.WARN);
    MockResponse unknown = new MockResponse().setResponseCode(404).setBody("404 page not found");
    try (AutoCloseable refused =
        server.refuse(request -> request.getPath().contains("/taxonomies?") ? unknown : null)) {
      assertThat(new Preflight(client, Settings.defaults()).missing())
          .hasValueSatisfying(said -> assertThat(said).contains("install the CRDs"));
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }
    assertThat(log.list).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsSaidWithItsAddress() {
    try (KubernetesClient nowhere =
        OperatorClient.build(
            new ConfigBuilder(server.config()).withMasterUrl("http://127.0.0.1:1/").build())) {
      assertThat(new Preflight(nowhere, Settings.defaults()).missing())
          .hasValueSatisfying(
              said ->
                  assertThat(said)
                      .startsWith("The API server at http://127.0.0.1:1/ cannot be reached"));
    }
  }
}
