package com.mixpeek.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specs at the limits of what an API server stores are copied, and stop nothing: neither their
 * clone nor their kind. They are sent as text, as no class or limit of a client's is asked about.
 */
class ExtremeSpecsOnServerTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What kube-apiserver stores at most of one object is some 1.5 MB, and 10,000 levels deep. */
  private static final int MEGABYTE = 1_000_000;

  private static final long STACK = 256L * MEGABYTE;

  private static final int LEVELS = 9900;

  static Stream<Arguments> extremes() {
    return CatalogKind.ALL.stream()
        .flatMap(kind -> metadata().keySet().stream().map(name -> Arguments.of(kind, name)));
  }

  /** Free-form metadata, as JSON. */
  private static Map<String, String> metadata() {
    return Map.of(
        "deep-maps", "{\"a\":".repeat(LEVELS) + "1" + "}".repeat(LEVELS),
        "deep-lists", "{\"a\":" + "[".repeat(LEVELS) + "]".repeat(LEVELS) + "}",
        "long-name", "{\"" + "n".repeat(MEGABYTE / 2) + "\": 1}",
        "long-text", "{\"t\": \"" + "t".repeat(MEGABYTE) + "\"}",
        "many-names", many(n -> "\"name-" + n + "\": {}", 20_000, "{", "}"),
        "many-items", "{\"l\":" + many(n -> n, 100_000, "[", "]") + "}",
        "numbers", "{\"l\": [9223372036854775807, -9223372036854775808, 1.7e308, 4.9e-324, -0.0]}",
        "unicode", "{\"\\u0000\": \"\\u202e\\ufeff\\uffff\", \"\": \"\\ud83d\\udecd\"}");
  }

  private static String many(UnaryOperator<String> each, int count, String open, String close) {
    StringBuilder json = new StringBuilder(open);
    for (int n = 0; n < count; n++) {
      json.append(n == 0 ? "" : ",").append(each.apply(Integer.toString(n)));
    }
    return json.append(close).toString();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("extremes")
  void isCopied(CatalogKind<?, ?> kind, String name) throws Exception {
    // The classes of the test's client and of JSON go down into specs by recursion.
    FutureTask<Void> test =
        new FutureTask<>(
            () -> {
              check(kind, name);
              return null;
            });
    new Thread(null, test, "deep specs", STACK).start();
    test.get();
  }

  private static void check(CatalogKind<?, ?> kind, String name) throws Exception {
    try (TestNamespace namespace = TestNamespace.onRealServer("specs at the limits")) {
      TypedResources<?, ?> resources = namespace.resources(kind);
      namespace.startOperator();
      create(namespace, kind, metadata().get(name));
      resources.createClone("copy", "origin", "copy_name");
      String id = resources.awaitReason("copy", Reason.Cloned).getStatus().id();
      JsonNode origin = resources.resource("origin").getSpec().get("metadata");
      JsonNode copy = resources.resource("copy").getSpec().get("metadata");
      while (origin.size() == 1) {
        assertThat(copy.size()).isEqualTo(1);
        origin = origin.iterator().next();
        copy = copy.iterator().next();
      }
      assertThat(copy).isEqualTo(origin);
      // The first list of another operator has it as well.
      namespace.startOperator();
      resources.createClone("again", "origin", "again_name");
      assertThat(resources.awaitReason("again", Reason.Cloned).getStatus().id()).isNotEqualTo(id);
    }
  }

  private static void create(TestNamespace namespace, CatalogKind<?, ?> kind, String metadata)
      throws Exception {
    ObjectNode spec = JSON.objectNode().put(kind.nameField(), "origin_name");
    if (kind.equals(CatalogKind.COLLECTION)) {
      spec.putObject("source").put("type", "bucket").putArray("bucketIds").add("bkt_a");
      spec.putObject("featureExtractor").put("featureExtractorName", "x").put("version", "v1");
    } else {
      ArrayNode nodes =
          spec.putObject("config")
              .put("taxonomyType", "hierarchical")
              .putArray("hierarchicalNodes");
      nodes.addObject().put("collectionId", "col_a");
    }
    String body =
        """
        {"apiVersion": "mixpeek.com/v1alpha1", "kind": "%s", "metadata": {"name": "origin"},
         "spec": %s"metadata": %s}}
        """
            .formatted(kind.name(), spec.toString().replaceFirst("}$", ","), metadata);
    var client = namespace.client();
    String path = namespace.json().path(HasMetadata.getPlural(kind.resourceType()));
    var request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(client.getConfiguration().getMasterUrl() + path)
            .method("POST", "application/json", body)
            .build();
    var response =
        client.getHttpClient().sendAsync(request, byte[].class).get(30, TimeUnit.SECONDS);
    assertThat(response.code())
        .as(
            new String(
                response.body(), 0, Math.min(500, response.body().length), StandardCharsets.UTF_8))
        .isEqualTo(201);
  }
}
