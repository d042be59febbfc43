package com.mixpeek.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

  /** As port scanners send: a pod must not be killed for it. */
  @Test
  void halvesOfRequestsKeepNobodyWaitingForLong() throws Exception {
    List<Socket> scanners = new ArrayList<>();
    try (HealthEndpoint endpoint = new HealthEndpoint(0, Optional::empty, () -> "")) {
      for (int i = 0; i < 4; i++) {
        Socket scanner = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        scanner.getOutputStream().write("GET /li".getBytes(StandardCharsets.UTF_8));
        scanners.add(scanner);
      }
      HttpRequest probe =
          HttpRequest.newBuilder(URI.create("http://localhost:" + endpoint.port() + "/livez"))
              .timeout(Duration.ofSeconds(30))
              .build();
      assertThat(HttpClient.newHttpClient().send(probe, BodyHandlers.ofString()).body())
          .isEqualTo("ok\n");
    } finally {
      for (Socket scanner : scanners) {
        scanner.close();
      }
    }
  }
}
