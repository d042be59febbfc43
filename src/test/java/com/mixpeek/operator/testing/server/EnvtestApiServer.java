package com.mixpeek.operator.testing.server;

import com.mixpeek.operator.testing.FreePort;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A kube-apiserver and etcd of one's own, from the binaries that envtest uses. fabric8's own
 * starter cannot bring the API server back on the same data and port, which is what a restart is.
 *
 * <p>Where kube-controller-manager lies beside them it runs as well, for garbage collection and the
 * deletion of namespaces.
 */
public final class EnvtestApiServer implements ApiServer {

  private static final String TOKEN = "admin-of-a-throw-away-server";
  private static final Duration START = Duration.ofSeconds(90);
  private static final int STARTS = 3;
  private static final int LINES = 20;
  private static final String LOOPBACK = "127.0.0.1";

  private final Path binaries;
  private final Path folder;
  private final int port = FreePort.find();
  private final int etcdPort = FreePort.find();
  private final List<Process> others = new ArrayList<>();
  private Process server;
  private boolean granted;

  private EnvtestApiServer(Path binaries) {
    this.binaries = binaries;
    try {
      folder = Files.createTempDirectory("mixpeek-envtest");
      prepare();
      others.add(
          run(
              "etcd",
              "--data-dir=" + folder.resolve("etcd"),
              "--listen-client-urls=http://" + LOOPBACK + ":" + etcdPort,
              "--advertise-client-urls=http://" + LOOPBACK + ":" + etcdPort,
              "--listen-peer-urls=http://" + LOOPBACK + ":0",
              "--unsafe-no-fsync"));
      startServer();
      if (hasControllers()) {
        others.add(
            run(
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfigFile(),
                "--controllers=garbage-collector-controller,namespace-controller",
                "--secure-port=0",
                "--leader-elect=false"));
      }
      try (KubernetesClient client = client()) {
        Crds.install(client);
        Crds.awaitWatches(client);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One from the binaries of this machine, empty where there are none. */
  public static Optional<EnvtestApiServer> fromThisMachine() {
    return EnvtestBinaries.local().map(EnvtestApiServer::new);
  }

  /** One from the binaries of this machine, or from downloaded ones. */
  public static EnvtestApiServer localOrDownloaded() {
    return new EnvtestApiServer(EnvtestBinaries.local().orElseGet(EnvtestBinaries::download));
  }

  /** Whether garbage collection and the deletion of namespaces work. */
  public boolean hasControllers() {
    return Files.isExecutable(binaries.resolve("kube-controller-manager"));
  }

  /** The kubectl that lies beside the server, empty where none does. */
  public Optional<Path> kubectl() {
    return Optional.of(binaries.resolve("kubectl")).filter(Files::isExecutable);
  }

  @Override
  public String describe() {
    return "a kube-apiserver and etcd from "
        + binaries
        + (hasControllers() ? "" : ", without garbage collection");
  }

  @Override
  public boolean real() {
    return true;
  }

  @Override
  public Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://" + LOOPBACK + ":" + port + "/")
        .withOauthToken(TOKEN)
        .withTrustCerts(true)
        .withNamespace("default")
        .build();
  }

  @Override
  public Config operatorConfig() {
    return granted ? Grants.asOperator(config()) : config();
  }

  /** Lets operators run with the shipped roles only. */
  void restrictOperators() {
    try (KubernetesClient client = client()) {
      Grants.give(client);
    }
    granted = true;
  }

  @Override
  public Optional<Path> kubeconfig() {
    return Optional.of(kubeconfigFile());
  }

  /** Kills the API server; etcd keeps what it had. */
  public void stopServer() {
    server.destroyForcibly();
    await(server);
  }

  /** Holds the API server: connections stay open, and nothing is answered until it is thawed. */
  public void freezeServer() {
    signal("STOP");
  }

  public void thawServer() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      await(new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts the API server on the same port and data, and waits until it is ready. One that ends is
   * started again, as a kubelet does: on a busy machine its own hooks run out of time.
   *
   * @throws IllegalStateException with the end of its log, where the third one ended, too
   */
  public void startServer() throws IOException {
    for (int i = 0; i < STARTS; i++) {
      server =
          run(
              "kube-apiserver",
              "--etcd-servers=http://" + LOOPBACK + ":" + etcdPort,
              "--bind-address=" + LOOPBACK,
              "--secure-port=" + port,
              "--cert-dir=" + folder.resolve("certs"),
              "--token-auth-file=" + folder.resolve("tokens"),
              "--authorization-mode=RBAC",
              "--service-account-issuer=https://localhost",
              "--service-account-key-file=" + folder.resolve("sa.key"),
              "--service-account-signing-key-file=" + folder.resolve("sa.key"),
              "--service-cluster-ip-range=10.0.0.0/24",
              "--disable-admission-plugins=ServiceAccount");
      if (becomesReady()) {
        return;
      }
    }
    throw new IllegalStateException(
        "kube-apiserver ended %d times; its last words are:%n%s"
            .formatted(STARTS, lastLines(folder.resolve("kube-apiserver.log"))));
  }

  private Path kubeconfigFile() {
    return folder.resolve("kubeconfig");
  }

  private void prepare() throws IOException {
    Files.writeString(folder.resolve("tokens"), TOKEN + ",admin,admin,system:masters\n");
    Files.writeString(
        kubeconfigFile(),
        """
        apiVersion: v1
        kind: Config
        current-context: envtest
        contexts: [{name: envtest, context: {cluster: envtest, user: admin}}]
        clusters:
          - name: envtest
            cluster: {server: "https://%s:%d", insecure-skip-tls-verify: true}
        users: [{name: admin, user: {token: %s}}]
        """
            .formatted(LOOPBACK, port, TOKEN));
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      String pem =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
      Files.writeString(
          folder.resolve("sa.key"),
          "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process run(String binary, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(binaries.resolve(binary).toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(binary + ".log").toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  /** Whether it answers; false where it ended instead. */
  private boolean becomesReady() {
    try (KubernetesClient client = client()) {
      Awaitility.await("kube-apiserver, whose log is " + folder.resolve("kube-apiserver.log"))
          .atMost(START)
          .ignoreExceptions()
          .until(() -> !server.isAlive() || "ok".equals(client.raw("/readyz")));
    }
    return server.isAlive();
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  private static void await(Process process) {
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    others.forEach(Process::destroyForcibly);
    stopServer();
    others.forEach(EnvtestApiServer::await);
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
    } catch (IOException e) {
      // A throw-away folder that stays behind harms nobody.
    }
  }
}
