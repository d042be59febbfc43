package com.mixpeek.operator.suite;

import com.mixpeek.operator.Replica;
import com.mixpeek.operator.Settings;
import com.mixpeek.operator.testing.FreePort;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.Grants;
import com.mixpeek.operator.testing.server.RequestRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Replicas of the operator, wired as in production, which share a lease in one namespace. */
final class TestReplicas {

  /** Longer than a lease and the pause before it is asked for again. */
  static final Duration TAKEOVER = Duration.ofSeconds(25);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private TestReplicas() {}

  static Replica replica(TestNamespace namespace, String identity, RequestRecorder recorder) {
    if (namespace.server().real()) {
      Grants.giveLease(namespace.client(), namespace.name());
    }
    Settings settings =
        Settings.from(
            Map.of(
                "MIXPEEK_NAMESPACES",
                namespace.name(),
                "MIXPEEK_LEADER_ELECTION",
                "true",
                "MIXPEEK_LEASE_NAMESPACE",
                namespace.name(),
                "MIXPEEK_ALLOWED_HOSTS",
                "127.0.0.1",
                "MIXPEEK_IDENTITY",
                identity,
                "MIXPEEK_HTTP_PORT",
                Integer.toString(FreePort.find())));
    return new Replica(
        settings,
        Clock.systemUTC(),
        contact -> namespace.server().operatorClient(contact, recorder));
  }

  /** One that watches the namespaces that the selector picks, and leads without a lease. */
  static Replica shard(ApiServer server, String name, String selector, RequestRecorder recorder) {
    Settings settings =
        Settings.from(
            Map.of(
                "MIXPEEK_NAMESPACE_SELECTOR", selector,
                "MIXPEEK_SHARD", name,
                "MIXPEEK_HTTP_PORT", Integer.toString(FreePort.find())));
    return new Replica(
        settings, Clock.systemUTC(), contact -> server.operatorClient(contact, recorder));
  }

  static HttpResponse<String> get(Replica replica, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + replica.port().orElseThrow() + path);
    return HTTP.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
