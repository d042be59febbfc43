package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.EmbeddedApiServer;
import io.fabric8.mockwebserver.http.MockResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EmbeddedFromClusterTest extends FromClusterSuite {

  private final EmbeddedApiServer server = new EmbeddedApiServer();

  @Override
  ApiServer server() {
    return server;
  }

  @Test
  void everyRequestOnlyLists() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    try (Site site = new Site(server, folder);
        AutoCloseable recorder =
            server.refuse(
                request -> {
                  requests.add(request.getMethod() + " " + request.getPath());
                  return null;
                })) {
      String clones = file(clone("", "{name: nowhere}")).toString();
      for (String command : List.of("render", "validate", "diff")) {
        site.run(command, "--from-cluster", "-f", clones);
      }
      site.run("diff", "--from-cluster");
      assertThat(requests)
          .hasSizeGreaterThan(5)
          .allMatch(
              request ->
                  request.matches(
                      "GET /apis/mixpeek.com/v1alpha1/namespaces/%s/[a-z]+"
                          .formatted(site.namespace)));
    }
  }

  @Test
  void nothingIsAskedForTwice() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    try (Site site = new Site(server, folder);
        AutoCloseable recorder =
            server.refuse(
                request -> {
                  requests.add(request.getPath());
                  return null;
                })) {
      Path clones = file(clone("", "{name: nowhere}"));
      site.apply(clones);
      for (String command : List.of("diff", "graph")) {
        requests.clear();
        site.run(command, "--from-cluster");
        assertThat(requests).as(command).hasSize(4).doesNotHaveDuplicates();
        requests.clear();
        site.run(command, "--from-cluster", "-f", clones.toString());
        assertThat(requests).as(command).isNotEmpty().doesNotHaveDuplicates();
      }
    }
  }

  /** A real server without the CRDs has no JSON to say so. */
  @Test
  void aClusterWithoutTheKindsIsTold() throws Exception {
    try (Site site = new Site(server, folder);
        AutoCloseable fault =
            server.refuse(
                request ->
                    new MockResponse().setResponseCode(404).setBody("404 page not found\n"))) {
      refused(
          site.kubeconfig,
          "it does not know that kind: install the operator's CRDs, or choose another context.");
    }
  }

  @Test
  void aClusterThatIsOverburdenedIsQuoted() throws Exception {
    try (Site site = new Site(server, folder);
        AutoCloseable fault =
            server.refuse(
                request ->
                    EmbeddedApiServer.refusal(500, "InternalError", "etcd is out of space"))) {
      refused(site.kubeconfig, "etcd is out of space.");
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }
}
