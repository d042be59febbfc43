package com.mixpeek.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.Replica;
import com.mixpeek.operator.Settings;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionSpec.ApiKeySecretRef;
import com.mixpeek.operator.deploy.KnownMetrics;
import com.mixpeek.operator.testing.FreePort;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is scraped is what alerts and dashboard are written against, and its labels are bounded. */
class ScrapeTest {

  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? .*");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  @Test
  void everyKnownMetricIsThereWithItsLabels() throws Exception {
    try (EmbeddedApiServer server = new EmbeddedApiServer();
        FakeMixpeek mixpeek = new FakeMixpeek();
        KubernetesClient client = server.client();
        Replica replica =
            new Replica(
                Settings.from(
                    Map.of(
                        "MIXPEEK_HTTP_PORT", Integer.toString(FreePort.find()),
                        "MIXPEEK_LEADER_ELECTION", "true",
                        "MIXPEEK_ALLOWED_HOSTS", "127.0.0.1",
                        "MIXPEEK_LEASE_NAMESPACE", "default")),
                Clock.systemUTC(),
                server::operatorClient)) {
      replica.start();
      await().atMost(Duration.ofSeconds(10)).until(replica::leads);
      client.resource(collection()).create();
      client
          .resource(
              new SecretBuilder()
                  .withMetadata(metadata("mixpeek"))
                  .addToData("apiKey", "a2V5")
                  .build())
          .create();
      client.resource(connection(mixpeek)).create();
      client.resource(remote()).create();
      // Creates are refused for a while, for the meters of failures.
      AutoCloseable fault =
          server.refuse(
              r ->
                  r.getMethod().equals("POST") && r.getPath().endsWith("/collections")
                      ? EmbeddedApiServer.refusal(403, "Forbidden", "exceeded quota")
                      : null);
      client.resource(copy()).create();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> scrape(replica).contains("reconciliations_retries_total"));
      fault.close();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  scrape(replica)
                      .contains("mixpeek_clones{kind=\"CollectionClone\",reason=\"Cloned\"} 1.0"));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(scrape(replica))
                      .contains(
                          "mixpeek_connections{reason=\"Unauthorized\"} 1.0",
                          "mixpeek_resources{kind=\"Collection\",reason=\"Assigned\"} 2.0",
                          "mixpeek_resources{kind=\"Collection\",reason=\"ConnectionNotReady\"} 1.0",
                          "mixpeek_resources{kind=\"Taxonomy\",reason=\"Unseen\"} 0.0",
                          "mixpeek_remote_requests_total{code=\"401\",operation=\"get_namespace\"} 1.0",
                          "mixpeek_remote_requests_left{connection=\"mixpeek\",resource_namespace=\"default\"} 9.0",
                          "mixpeek_remote_oldest_waiting_seconds{kind=\"Taxonomy\"} 0.0")
                      .containsPattern(
                          "mixpeek_remote_oldest_waiting_seconds\\{kind=\"Collection\"} [1-9]"));
      Map<String, Set<String>> seen = labels(scrape(replica));
      KnownMetrics.LABELS.forEach(
          (metric, labels) -> assertThat(seen).as(metric).containsEntry(metric, labels));
      assertThat(seen.values().stream().flatMap(Set::stream))
          .as("labels that have no bound")
          .doesNotContain("namespace", "name", "uid");

      client.resource(connection(mixpeek)).delete();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(scrape(replica))
                      .contains("mixpeek_connections{reason=\"Unauthorized\"} 0.0")
                      .doesNotContain("mixpeek_remote_requests_left{"));
    }
  }

  private static Map<String, Set<String>> labels(String text) {
    Map<String, Set<String>> seen = new TreeMap<>();
    text.lines()
        .map(SAMPLE::matcher)
        .filter(Matcher::matches)
        .forEach(
            sample -> {
              Set<String> labels = seen.computeIfAbsent(sample.group(1), m -> new TreeSet<>());
              if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(l -> labels.add(l.group(1)));
              }
            });
    return seen;
  }

  private static ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder().withNamespace("default").withName(name).build();
  }

  private static Collection collection() {
    Collection source = CatalogKind.COLLECTION.newResource().get();
    source.setMetadata(metadata("origin"));
    source.setSpec(
        Serialization.unmarshal("{\"collectionName\": \"origin_name\"}", ObjectNode.class));
    return source;
  }

  private static Collection remote() {
    Collection waits = collection();
    waits.getMetadata().setName("remote");
    waits
        .getSpec()
        .put("collectionName", "remote")
        .putObject("connectionRef")
        .put("name", "mixpeek");
    return waits;
  }

  /** With a key that Mixpeek does not know. */
  private static Connection connection(FakeMixpeek mixpeek) {
    Connection connection = new Connection();
    connection.setMetadata(metadata("mixpeek"));
    connection.getSpec().setNamespace("production");
    connection.getSpec().setBaseUrl(mixpeek.url().toString());
    connection.getSpec().setApiKeySecretRef(new ApiKeySecretRef("mixpeek", "apiKey"));
    return connection;
  }

  private static CollectionClone copy() {
    CollectionClone clone = new CollectionClone();
    clone.setMetadata(metadata("copy"));
    clone
        .getSpec()
        .setSourceRef(Serialization.unmarshal("{\"name\": \"origin\"}", ObjectNode.class));
    clone
        .getSpec()
        .setOverrides(
            Serialization.unmarshal("{\"collectionName\": \"copy_name\"}", ObjectNode.class));
    return clone;
  }

  private static String scrape(Replica replica) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + replica.port().orElseThrow() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
