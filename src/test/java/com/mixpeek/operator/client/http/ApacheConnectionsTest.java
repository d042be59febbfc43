package com.mixpeek.operator.client.http;

import static com.mixpeek.operator.client.http.Requests.SHORT_MILLIS;
import static com.mixpeek.operator.client.http.Requests.client;
import static com.mixpeek.operator.client.http.Requests.config;
import static com.mixpeek.operator.client.http.Requests.send;
import static com.mixpeek.operator.client.http.Requests.watch;
import static com.mixpeek.operator.client.http.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.mixpeek.operator.client.http.Requests.Heard;
import com.mixpeek.operator.client.http.ScriptedServer.Script;
import com.mixpeek.operator.testing.server.SelfSigned;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses, proxies and certificates are those of fabric8's settings. */
class ApacheConnectionsTest {

  @Test
  void aHandshakeThatIsNotAnsweredIsGivenUp() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, out) -> {});
        KubernetesClient client =
            client(
                config("https://127.0.0.1:" + server.port() + "/")
                    .withConnectionTimeout((int) SHORT_MILLIS)
                    .withRequestTimeout((int) SHORT_MILLIS)
                    .build())) {
      assertThatThrownBy(() -> send(client, "POST", "/x").get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(
              () -> watch(client, "/hangs?watch=true", new Heard()).get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aConnectionThatTheServerHasClosedIsNotUsedAgain() throws Exception {
    Script script =
        (request, out) -> {
          out.write(answer(200, "{}"));
          throw new IOException("The connection ends here.");
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client = client(server)) {
      for (int i = 0; i < 2; i++) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
        Thread.sleep(1_200);
      }
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void proxiesAreAskedAndToldWhoAsks() throws Exception {
    String user = Base64.getEncoder().encodeToString("me:secret".getBytes(UTF_8));
    Script script =
        (request, out) ->
            out.write(
                request.contains("Proxy-Authorization: Basic " + user)
                    ? answer(request.startsWith("CONNECT") ? 403 : 200, "{}")
                    : answer(407, "", "Proxy-Authenticate: Basic realm=\"proxy\""));
    try (ScriptedServer proxy = new ScriptedServer(script)) {
      String address = "http://me:secret@127.0.0.1:" + proxy.port();
      Config plain = config("http://cluster.invalid/").withHttpProxy(address).build();
      try (KubernetesClient client = client(plain)) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
      }
      assertThat(proxy.requests()).last().asString().startsWith("POST http://cluster.invalid/x ");
      Config encrypted = config("https://cluster.invalid/").withHttpsProxy(address).build();
      try (KubernetesClient client = client(encrypted)) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(403);
      }
      assertThat(proxy.requests())
          .anySatisfy(
              request ->
                  assertThat(request)
                      .startsWith("CONNECT cluster.invalid:443 ")
                      .contains("Proxy-Authorization: Basic " + user));
    }
  }

  /** As names of machines in private networks have, though no URI may. */
  @Test
  void namesMayHaveUnderscores() throws Exception {
    try (ScriptedServer proxy = new ScriptedServer((request, out) -> out.write(answer(200, "{}")));
        KubernetesClient client =
            client(
                config("http://my_server:8001/")
                    .withHttpProxy("http://127.0.0.1:" + proxy.port())
                    .build())) {
      for (String method : List.of("POST", "GET")) {
        assertThat(send(client, method, "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
        assertThat(proxy.requests())
            .last()
            .asString()
            .startsWith(method + " http://my_server:8001/x ");
      }
    }
  }

  @Test
  void addressesOfBothFamiliesAreReached(@TempDir Path folder) throws Exception {
    SelfSigned certificate = new SelfSigned(folder, "a", "ip:127.0.0.1,ip:0:0:0:0:0:0:0:1");
    SSLContext context = certificate.context();
    String authority = certificate.pem().toString();
    for (String address : List.of("127.0.0.1", "::1")) {
      ServerSocket socket = context.getServerSocketFactory().createServerSocket();
      try {
        socket.bind(new InetSocketAddress(address, 0));
      } catch (SocketException e) {
        abort("This machine has no " + address + ".");
      }
      String host = address.contains(":") ? "[" + address + "]" : address;
      try (ScriptedServer server =
              new ScriptedServer(socket, (request, out) -> out.write(answer(200, "{}")));
          KubernetesClient client =
              client(
                  config("https://" + host + ":" + server.port() + "/")
                      .withCaCertFile(authority)
                      .build())) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
        assertThat(server.requests().get(0)).contains("Host: " + host + ":" + server.port());
      }
    }
  }

  /** The certificate is for another name than the address that is asked. */
  @Test
  void theServersNameIsVerified(@TempDir Path folder) throws Exception {
    SelfSigned certificate = new SelfSigned(folder, "a", "dns:cluster.example");
    ServerSocket socket = certificate.context().getServerSocketFactory().createServerSocket(0);
    try (ScriptedServer server =
        new ScriptedServer(socket, (request, out) -> out.write(answer(200, "{}")))) {
      String address = "https://127.0.0.1:" + server.port() + "/";
      ConfigBuilder trusting = config(address).withCaCertFile(certificate.pem().toString());
      try (KubernetesClient client = client(trusting.build())) {
        assertThatThrownBy(() -> send(client, "POST", "/x").get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(SSLHandshakeException.class);
      }
      try (KubernetesClient client =
          client(trusting.withTlsServerName("cluster.example").build())) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
      }
      try (KubernetesClient client = client(config(address).build())) {
        assertThatThrownBy(() -> send(client, "POST", "/x").get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(SSLHandshakeException.class);
      }
      try (KubernetesClient client = client(config(address).withTrustCerts(true).build())) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
      }
    }
  }
}
