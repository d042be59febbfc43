package com.mixpeek.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {

  private static final String COLLECTIONS = "/apis/mixpeek.com/v1alpha1/namespaces/a/collections";

  /** Some proxies have each of their clusters at a path. */
  @ParameterizedTest
  @ValueSource(strings = {"https://h", "https://h:6443", "https://h/k8s/clusters/c-1"})
  void saysWhatIsAskedOfWhereverTheApiServerIs(String server) {
    assertThat(of("POST", server + COLLECTIONS)).hasToString("create collections.mixpeek.com");
    assertThat(of("PATCH", server + COLLECTIONS + "/x/status"))
        .hasToString("patch collections/status.mixpeek.com");
    assertThat(of("GET", server + "/api/v1/namespaces?watch=true")).hasToString("watch namespaces");
    assertThat(of("GET", server + "/api/v1/namespaces/api")).hasToString("get namespaces");
    assertThat(of("GET", server + COLLECTIONS + "/apis"))
        .hasToString("get collections.mixpeek.com");
  }

  @Test
  void anyOtherPathIsItself() {
    assertThat(of("GET", "https://h/version")).hasToString("get /version");
  }

  private static ApiRequest of(String method, String uri) {
    return ApiRequest.of(method, URI.create(uri));
  }
}
