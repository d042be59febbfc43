package com.mixpeek.operator.bench;

import com.mixpeek.operator.testing.FreePort;
import com.mixpeek.operator.testing.server.ApiServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process under measurement: its time on the processors, its memory and what it requested. */
final class OperatorProcess implements AutoCloseable {

  private static final Pattern WRITES =
      Pattern.compile(
          "mixpeek_api_request_duration_seconds_count\\{(.*)} ([0-9.E]+)", Pattern.MULTILINE);
  private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private final Process process;
  private final int port;

  /** When the process was started, by {@link System#nanoTime()}. */
  final long started;

  private OperatorProcess(Process process, int port, long started) {
    this.process = process;
    this.port = port;
    this.started = started;
  }

  /**
   * Starts it.
   *
   * @param command the JVM, its flags and what it runs
   */
  static OperatorProcess start(List<String> command, ApiServer api, Path log) throws IOException {
    int port = FreePort.find();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("MIXPEEK_"));
    builder.environment().put("KUBECONFIG", kubeconfig(api).toString());
    builder.environment().put("MIXPEEK_HTTP_PORT", Integer.toString(port));
    builder.environment().put("MIXPEEK_LOG_LEVEL", "WARN");
    builder.redirectErrorStream(true);
    builder.redirectOutput(new File(log.toString()));
    long started = System.nanoTime();
    return new OperatorProcess(builder.start(), port, started);
  }

  /** A kubeconfig for the server: its own, or one that is written for the embedded one. */
  static Path kubeconfig(ApiServer api) throws IOException {
    Optional<Path> own = api.kubeconfig();
    if (own.isPresent()) {
      return own.get();
    }
    Path file = Files.createTempFile("mixpeek-bench", ".kubeconfig");
    file.toFile().deleteOnExit();
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: bench, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
        users: [{name: bench, user: {token: "none"}}]
        contexts: [{name: bench, context: {cluster: bench, user: bench, namespace: default}}]
        current-context: bench
        """
            .formatted(api.config().getMasterUrl()));
  }

  /** How long it has been on the processors, in all threads. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most memory that was resident, in MiB; 0 where the system does not say. */
  long peakMemory() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }

  /** How many requests it has sent so far, by verb and resource; watches are left out. */
  Map<String, Long> requests() throws IOException, InterruptedException {
    HttpRequest scrape =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build();
    String text =
        HttpClient.newHttpClient().send(scrape, HttpResponse.BodyHandlers.ofString()).body();
    Map<String, Long> requests = new TreeMap<>();
    Matcher line = WRITES.matcher(text);
    while (line.find()) {
      Map<String, String> tags = new TreeMap<>();
      Matcher tag = TAG.matcher(line.group(1));
      while (tag.find()) {
        tags.put(tag.group(1), tag.group(2));
      }
      String name = tags.get("verb") + " " + tags.get("resource");
      String code = tags.get("code").startsWith("2") ? "" : " " + tags.get("code");
      requests.merge(name + code, (long) Double.parseDouble(line.group(2)), Long::sum);
    }
    return requests;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command that runs a jar. */
  static List<String> java(Path java, List<String> flags, String... rest) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(flags);
    command.addAll(List.of(rest));
    return command;
  }
}
