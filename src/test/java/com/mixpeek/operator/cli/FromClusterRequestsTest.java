package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import io.fabric8.mockwebserver.http.MockResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is requested of the server, and answers that only an embedded one gives at will. */
class FromClusterRequestsTest {

  private final EmbeddedApiServer server = new EmbeddedApiServer();
  private final TestNamespace namespace = new TestNamespace(server);
  @TempDir private Path folder;
  private FromClusterCommands commands;
  private Path kubeconfig;

  @BeforeEach
  void open() {
    commands = new FromClusterCommands(folder);
    kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
  }

  @Test
  void everyRequestOnlyLists() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    try (AutoCloseable recorder =
        server.refuse(
            request -> {
              requests.add(request.getMethod() + " " + request.getPath());
              return null;
            })) {
      String clones = commands.file(FromClusterCommands.clone("", "{name: nowhere}")).toString();
      for (String command : List.of("render", "validate", "diff")) {
        MixpeekCommand.run(kubeconfig, command, "--from-cluster", "-f", clones);
      }
      MixpeekCommand.run(kubeconfig, "diff", "--from-cluster");
      assertThat(requests)
          .hasSizeGreaterThan(5)
          .allMatch(
              request ->
                  request.matches(
                      "GET /apis/mixpeek.com/v1alpha1/namespaces/%s/[a-z]+"
                          .formatted(namespace.name())));
    }
  }

  @Test
  void nothingIsAskedForTwice() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    try (AutoCloseable recorder =
        server.refuse(
            request -> {
              requests.add(request.getPath());
              return null;
            })) {
      Path clones = commands.file(FromClusterCommands.clone("", "{name: nowhere}"));
      ManifestApplier.apply(namespace, clones);
      for (String command : List.of("diff", "graph")) {
        requests.clear();
        MixpeekCommand.run(kubeconfig, command, "--from-cluster");
        assertThat(requests).as(command).hasSize(4).doesNotHaveDuplicates();
        requests.clear();
        MixpeekCommand.run(kubeconfig, command, "--from-cluster", "-f", clones.toString());
        assertThat(requests).as(command).isNotEmpty().doesNotHaveDuplicates();
      }
    }
  }

  /** An empty one, of a variable that is not set, is answered with what all of them have. */
  @Test
  void noNamespaceThatThereCannotBeIsAskedFor() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    try (AutoCloseable recorder =
        server.refuse(
            request -> {
              requests.add(request.getPath());
              return null;
            })) {
      for (String command :
          List.of("diff --from-cluster", "graph --from-cluster", "import --connection=c")) {
        CommandResult refused =
            MixpeekCommand.run(kubeconfig, (command + " --namespace=").split(" "));
        assertThat(refused.err()).startsWith("\"\" cannot be the name of a namespace.");
        assertThat(refused.exit()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(refused.out()).isEmpty();
      }
      assertThat(requests).isEmpty();
    }
  }

  /** A real server without the CRDs has no JSON to say so. */
  @Test
  void aClusterWithoutTheKindsIsTold() throws Exception {
    try (AutoCloseable fault =
        server.refuse(
            request -> new MockResponse().setResponseCode(404).setBody("404 page not found\n"))) {
      commands.assertRefused(
          kubeconfig,
          "it does not know that kind: install the operator's CRDs, or choose another context.");
    }
  }

  @Test
  void aClusterThatIsOverburdenedIsQuoted() throws Exception {
    try (AutoCloseable fault =
        server.refuse(
            request -> EmbeddedApiServer.refusal(500, "InternalError", "etcd is out of space"))) {
      commands.assertRefused(kubeconfig, "etcd is out of space.");
    }
  }

  @AfterEach
  void close() {
    namespace.close();
    server.close();
  }
}
