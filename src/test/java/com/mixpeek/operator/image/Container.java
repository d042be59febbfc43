package com.mixpeek.operator.image;

import com.mixpeek.operator.testing.FreePort;
import com.mixpeek.operator.testing.server.ApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The image's entry point with the image's environment and nothing else, run by the image's JVM, or
 * by that of this test where the image brings none.
 */
final class Container implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Process process;
  private final Path log;
  private final int port;

  private Container(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /**
   * Starts.
   *
   * @param folder gets the log, and what has to differ because the image is not at the root
   * @param environment as a Deployment would set it, over the image's own
   */
  static Container start(OciImage image, Path folder, Map<String, String> environment)
      throws IOException {
    Files.createDirectories(folder);
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    for (String word : image.entrypoint()) {
      if (word.startsWith("@/")) {
        command.add("@" + here(image, word.substring(1), folder));
      } else {
        command.add(word.startsWith("/") ? image.root() + word : word);
      }
    }
    if (command.get(0).equals("java")) {
      command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }
    int port = FreePort.find();
    Map<String, String> variables = new HashMap<>(image.environment());
    variables.replace("MIXPEEK_HTTP_PORT", Integer.toString(port));
    variables.putAll(environment);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(image.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return new Container(builder.start(), log, port);
  }

  /** The path of a kubeconfig that leads to a server which asks for no credentials. */
  static Path kubeconfig(ApiServer server, Path file) throws IOException {
    return kubeconfig("server: " + server.config().getMasterUrl(), file);
  }

  /**
   * The path of a kubeconfig that leads to a server which asks for no credentials.
   *
   * @param cluster where it is and how to trust it, as the entries of a YAML map
   */
  static Path kubeconfig(String cluster, Path file) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: embedded, cluster: {%s}}]
        contexts: [{name: embedded, context: {cluster: embedded, user: nobody}}]
        users: [{name: nobody, user: {}}]
        current-context: embedded
        """
            .formatted(cluster));
  }

  long pid() {
    return process.pid();
  }

  String log() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** The status that /readyz answers, 0 while nobody listens. */
  int readyz() throws InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError("It ended with " + process.exitValue());
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
            .timeout(PATIENCE)
            .build();
    try {
      return HttpClient.newHttpClient()
          .send(request, HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Asks it to stop, as a cluster does. */
  void terminate() {
    process.destroy();
  }

  /** The exit code, or a failure where it does not end in time. */
  int exitCode(Duration within) throws InterruptedException, IOException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("It still runs after %s:%n%s".formatted(within, log()));
    }
    return process.exitValue();
  }

  /** A file of arguments names paths of the image, which lie elsewhere here. */
  private static Path here(OciImage image, String file, Path folder) throws IOException {
    Path original = image.root().resolve(file.substring(1));
    String moved = Files.readString(original).replaceAll("(^|[:=])/", "$1" + image.root() + "/");
    return Files.writeString(folder.resolve(original.getFileName()), moved);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
