package com.mixpeek.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.client.OperatorClient;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.mockwebserver.http.MockResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ResourceWriterTest {

  /** Some proxies have each of their clusters at a path. */
  @Test
  void writesBehindThePathOfTheApiServer() throws Exception {
    List<String> paths = new CopyOnWriteArrayList<>();
    try (EmbeddedApiServer server = new EmbeddedApiServer();
        AutoCloseable answers =
            server.refuse(
                request -> {
                  paths.add(request.method() + " " + request.getPath());
                  return new MockResponse().setResponseCode(201).setBody("{}");
                });
        KubernetesClient client =
            OperatorClient.build(
                new ConfigBuilder(server.config())
                    .withMasterUrl(server.config().getMasterUrl() + "k8s/clusters/c-1/")
                    .build())) {
      Collection collection = new Collection();
      collection.setMetadata(new ObjectMetaBuilder().withNamespace("a").withName("b").build());
      new ResourceWriter(client, Leadership.always()).create(collection);
    }
    assertThat(paths)
        .containsExactly(
            "POST /k8s/clusters/c-1/apis/mixpeek.com/v1alpha1/namespaces/a/collections");
  }
}
