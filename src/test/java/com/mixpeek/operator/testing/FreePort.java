package com.mixpeek.operator.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for a server in another process, which has to be told one. */
public final class FreePort {

  // Below those that Linux and macOS give to outgoing connections: such a connection could take the
  // port before its server does, or while its server restarts.
  private static final int FIRST = 10_000;
  private static final int END = 32_000;
  private static final int TRIES = 100;

  private FreePort() {}

  /**
   * A port of the loopback address on which nothing listens.
   *
   * @throws IllegalStateException where a hundred ports that were tried are all taken
   */
  public static int find() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // The next one.
      }
    }
    throw new IllegalStateException("No port from " + FIRST + " to " + (END - 1) + " is free.");
  }
}
