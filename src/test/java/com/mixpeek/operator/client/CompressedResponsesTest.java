package com.mixpeek.operator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** A response arrives as it was, compressed or not, however it is divided on its way. */
class CompressedResponsesTest {

  private static final String LIST =
      IntStream.range(0, 20_000)
          .mapToObj(i -> "{\"item\": %d}".formatted(i * 7919))
          .collect(Collectors.joining(",", "[", "]"));

  private final CompressedResponses responses = new CompressedResponses();

  @Test
  void whatIsReadOnceArrivesAsItWas() throws Exception {
    HttpRequest list = request("GET", "/apis/x/collections?limit=500");
    for (byte[] sent : List.of(compressed(LIST), LIST.getBytes(StandardCharsets.UTF_8))) {
      for (int part : List.of(1, 3, 11, 4096, 1_000_000)) {
        assertThat(received(list, sent, part)).isEqualTo(LIST);
      }
    }
    assertThat(received(list, compressed(""), 5)).isEmpty();
    assertThat(received(list, new byte[0], 5)).isEmpty();
  }

  @Test
  void neitherWatchesNorWritesAreAskedToBeCompressed() {
    assertThat(encoding("GET", "/apis/x/collections")).isEqualTo("gzip");
    assertThat(encoding("GET", "/apis/x/collections?resourceVersion=1&watch=true")).isNull();
    assertThat(encoding("POST", "/apis/x/collections")).isNull();
  }

  private String received(HttpRequest request, byte[] sent, int part) throws Exception {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    AsyncBody.Consumer<List<ByteBuffer>> consumer =
        responses.consumer(
            (buffers, body) ->
                buffers.forEach(
                    buffer -> {
                      byte[] bytes = new byte[buffer.remaining()];
                      buffer.get(bytes);
                      read.writeBytes(bytes);
                    }),
            request);
    List<ByteBuffer> parts = new ArrayList<>();
    for (int at = 0; at < sent.length; at += part) {
      parts.add(ByteBuffer.wrap(sent, at, Math.min(part, sent.length - at)));
    }
    for (int at = 0; at < parts.size(); at += 2) {
      consumer.consume(parts.subList(at, Math.min(at + 2, parts.size())), null);
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  private static byte[] compressed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private String encoding(String method, String path) {
    try (KubernetesClient client = OperatorClient.build(Config.empty())) {
      HttpRequest.Builder builder =
          client
              .getHttpClient()
              .newHttpRequestBuilder()
              .uri("http://localhost" + path)
              .method(method, "application/json", method.equals("GET") ? null : "{}");
      responses.before(builder, builder.build(), null);
      return builder.build().header("Accept-Encoding");
    }
  }

  private static HttpRequest request(String method, String path) {
    try (KubernetesClient client = OperatorClient.build(Config.empty())) {
      return client
          .getHttpClient()
          .newHttpRequestBuilder()
          .uri("http://localhost" + path)
          .method(method, "application/json", null)
          .build();
    }
  }
}
