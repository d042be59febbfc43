package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.Replica;
import com.mixpeek.operator.Settings;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shard of many namespaces is stopped. */
class ShardStopTest {

  /** All of them take as long as one: what is under way is waited for, but not for ever. */
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  private final EmbeddedApiServer server = new EmbeddedApiServer();

  /** Each of them waits for an answer that does not come. */
  @Test
  void endsAsSoonAsOneNamespaceDoes() throws Exception {
    List<TestNamespace> namespaces = new ArrayList<>();
    try (ServerSocket silent = new ServerSocket(0)) {
      for (int i = 0; i < 8; i++) {
        TestNamespace namespace = selected();
        namespaces.add(namespace);
        namespace.putKey("sk_key");
        namespace
            .client()
            .resource(namespace.connection("http://127.0.0.1:" + silent.getLocalPort(), 60))
            .inNamespace(namespace.name())
            .create();
      }
      Replica shard = shard(Map.of("MIXPEEK_CONCURRENCY", "40"));
      shard.start();
      // Their checks of the Connections have begun.
      Thread.sleep(3000);
      long begin = System.nanoTime();
      shard.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_MOST);
    } finally {
      namespaces.forEach(TestNamespace::close);
    }
  }

  private TestNamespace selected() {
    TestNamespace namespace = new TestNamespace(server);
    var now = namespace.client().namespaces().withName(namespace.name()).get();
    now.getMetadata().setLabels(Map.of("shard", "one"));
    namespace.client().resource(now).update();
    return namespace;
  }

  private Replica shard(Map<String, String> more) {
    Map<String, String> settings =
        Stream.of(more, Map.of("MIXPEEK_NAMESPACE_SELECTOR", "shard=one"))
            .flatMap(map -> map.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Replica(
        Settings.from(settings),
        Clock.systemUTC(),
        contact -> server.operatorClient(contact, new RequestRecorder()));
  }

  @AfterEach
  void close() {
    server.close();
  }
}
