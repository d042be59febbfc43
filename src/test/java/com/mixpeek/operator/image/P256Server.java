package com.mixpeek.operator.image;

import com.mixpeek.operator.testing.server.SelfSigned;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** An HTTPS server of a JVM of its own, as a JVM knows the same groups in all its connections. */
final class P256Server {

  private static final int FORBIDDEN = 403;

  private P256Server() {}

  /**
   * Prints how a kubeconfig leads to it, and each request, which it refuses.
   *
   * @param arguments the folder for its certificate
   */
  public static void main(String[] arguments) throws Exception {
    SelfSigned certificate = new SelfSigned(Path.of(arguments[0]), "server", "ip:127.0.0.1");
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    HttpsServer server = HttpsServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.createContext(
        "/",
        exchange -> {
          System.out.println(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          exchange.sendResponseHeaders(FORBIDDEN, -1);
          exchange.close();
        });
    server.start();
    System.out.printf(
        "server: https://127.0.0.1:%d/, certificate-authority: %s%n",
        server.getAddress().getPort(), certificate.pem());
  }
}
