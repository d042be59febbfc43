package com.mixpeek.operator.demo;

import com.mixpeek.operator.Settings;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.ClusterApiServer;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import com.mixpeek.operator.testing.server.EnvtestApiServer;
import com.mixpeek.operator.testing.server.RunningOperator;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Clones the examples on the API server that {@code API} names, or with {@code REMOTE} shows
 * Mixpeek as the catalog, and exits with 0 only if each ended as it says: 1 if one did not, 2 if it
 * was asked for something that there is not.
 */
public final class Demo {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final PrintStream out;
  private final Path folder;
  private final String api;
  private final boolean keep;
  private final boolean remote;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Whether what fails from now on does so because it is being closed. */
  private volatile boolean closing;

  /**
   * @param environment {@code API}, {@code KEEP} and {@code REMOTE}
   * @param folder where the examples are
   */
  Demo(PrintStream out, Map<String, String> environment, Path folder) {
    this.out = out;
    this.folder = folder;
    this.api = environment.getOrDefault("API", "embedded");
    this.keep = isSet(environment, "KEEP");
    this.remote = isSet(environment, "REMOTE");
  }

  private static boolean isSet(Map<String, String> environment, String variable) {
    return !Set.of("", "0").contains(environment.getOrDefault(variable, ""));
  }

  public static void main(String[] args) {
    // Before the first logger is made. The operator's log goes to a file, the server's nowhere.
    System.setProperty("logback.configurationFile", "demo-logback.xml");
    System.setProperty("java.util.logging.config.class", SilentLogging.class.getName());
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Demo demo = new Demo(out, System.getenv(), Example.FOLDER);
    // Also on Ctrl-C.
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "clean up"));
    System.exit(demo.run());
  }

  /** Runs the demo and returns its exit code; what it opened stays open until {@link #close}. */
  int run() {
    if (!Set.of("embedded", "envtest", "cluster").contains(api)) {
      out.printf("API is \"%s\": give embedded, envtest or cluster.%n", api);
      return USAGE;
    }
    try {
      return demonstrate(Example.in(folder));
    } catch (DemoStoppedException e) {
      out.printf("%nThe demo stopped. %s%n", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!closing) {
        out.printf("%nThe demo stopped: %s%n", DemoStoppedException.why(e));
      }
    }
    return FAILED;
  }

  private int demonstrate(List<Example> examples) throws InterruptedException {
    ApiServer server = open(server());
    out.printf("The demo runs on %s.%n", server.describe());
    Sandbox sandbox = open(new Sandbox(server, api.equals("cluster"), out));
    sandbox.open();
    if (sandbox.otherOperator()) {
      out.println("A mixpeek-operator seems to run there already: it may help with the examples.");
    }
    String namespace = sandbox.namespace();
    KubectlMixpeek kubectl = open(new KubectlMixpeek(server, out));
    List<String> complaints =
        remote
            ? showMixpeek(server, kubectl, namespace)
            : cloneExamples(server, kubectl, namespace, examples);
    out.printf("%nWhat each clone waits for, those that need a person first:%n");
    kubectl.show("status", "-n", namespace);
    out.println();
    conclude(examples, complaints);
    if (keep) {
      stay(server, namespace);
    }
    return complaints.isEmpty() ? 0 : FAILED;
  }

  private List<String> showMixpeek(ApiServer server, KubectlMixpeek kubectl, String namespace)
      throws InterruptedException {
    Settings settings =
        Settings.defaults()
            .watching(Set.of(namespace))
            .sendingKeysTo(Set.of("127.0.0.1"), Duration.ofSeconds(10));
    open(new RunningOperator(server, settings)).start();
    out.printf(
        "%nThe operator runs in this process, wired as in production; target/demo.log is its log.%n"
            + "What it asks of Mixpeek is answered by a stand-in for its API, in this process.%n");
    ExampleJudge judge = open(new ExampleJudge(server, namespace, PATIENCE));
    return open(new RemoteRun(server, namespace, kubectl, judge, out)).run();
  }

  private List<String> cloneExamples(
      ApiServer server, KubectlMixpeek kubectl, String namespace, List<Example> examples)
      throws InterruptedException {
    out.printf("%nWhat the clones among the %d files will make:%n", examples.size());
    kubectl.show("diff", "-U0", "-n", namespace, "-f", folder.toString());
    Settings settings = Settings.defaults().watching(Set.of(namespace));
    open(new RunningOperator(server, settings)).start();
    out.printf(
        "%nThe operator runs in this process, wired as in production; target/demo.log is its log.%n"
            + "The files go to namespace %s one after the other:%n",
        namespace);
    StatusLines lines = open(new StatusLines(kubectl, namespace, out));
    ExampleRun run = open(new ExampleRun(server, namespace, PATIENCE, out, lines));
    List<String> complaints = run.run(examples);
    if (complaints.isEmpty()) {
      complaints = forkLineage(kubectl, run, namespace);
    }
    lines.close();
    out.printf("%nHow the copies have drifted from their sources since, and what comes of what:%n");
    kubectl.show("diff", "--from-cluster", "-n", namespace);
    kubectl.show("graph", "--from-cluster", "-n", namespace);
    return complaints;
  }

  /** Forks what the scenes are made of, as it is in the cluster, and applies what comes of it. */
  private List<String> forkLineage(KubectlMixpeek kubectl, ExampleRun run, String namespace)
      throws InterruptedException {
    out.printf("%nA whole lineage forked: copies of the scenes and of what they read.%n");
    String forked =
        kubectl.show(
            "fork",
            "detected-scenes",
            "--with=upstream",
            "--suffix=-fork",
            "--from-cluster",
            "-n",
            namespace);
    return run.run(Example.forked(forked));
  }

  private ApiServer server() {
    switch (api) {
      case "envtest":
        out.println("Starting etcd and kube-apiserver; where there are none they are downloaded.");
        return EnvtestApiServer.localOrDownloaded();
      case "cluster":
        return ClusterApiServer.asItIs();
      default:
        return new EmbeddedApiServer();
    }
  }

  private <T extends AutoCloseable> T open(T closeable) {
    synchronized (opened) {
      opened.push(closeable);
    }
    return closeable;
  }

  private void conclude(List<Example> examples, List<String> complaints) {
    if (complaints.isEmpty() && remote) {
      out.println("All of it ended as it is shown, and Mixpeek holds one copy for each clone.");
    } else if (complaints.isEmpty()) {
      long clones = examples.stream().filter(Example::isClone).count();
      out.printf("All %d clones ended as their examples say.%n", clones);
    } else {
      out.printf("Not all ended as %s:%n", remote ? "it should" : "their examples say");
      complaints.forEach(complaint -> out.println("  " + complaint));
    }
  }

  private void stay(ApiServer server, String namespace) throws InterruptedException {
    if (api.equals("embedded")) {
      out.println("KEEP=1 is for API=envtest and API=cluster: kubectl cannot talk to this server.");
      return;
    }
    out.printf("%nServer and operator stay until Ctrl-C. Try, in another terminal:%n%n");
    server.kubeconfig().map(Path::toAbsolutePath).ifPresent(f -> command("export KUBECONFIG=" + f));
    if (server instanceof EnvtestApiServer envtest) {
      envtest.kubectl().ifPresent(f -> command("export PATH=$PATH:" + f.getParent()));
    }
    String clone = remote ? "answer-lost" : "name-conflict";
    List.of(
            "get mixpeek",
            "describe collectionclone " + clone,
            "get collection %s -o yaml".formatted(remote ? clone : "video-frames-clip-v2"),
            "get events",
            "delete collectionclone " + clone,
            "explain collectionclone.spec --recursive")
        .forEach(c -> command("kubectl -n %s %s".formatted(namespace, c)));
    command("make build && target/kubectl-mixpeek status -w -n " + namespace);
    new CountDownLatch(1).await();
  }

  private void command(String command) {
    out.println("  " + command);
  }

  /** Closes what was opened, the last first. */
  void close() {
    closing = true;
    synchronized (opened) {
      while (!opened.isEmpty()) {
        try {
          opened.pop().close();
        } catch (Exception e) {
          out.printf("Not everything could be stopped: %s%n", DemoStoppedException.why(e));
        }
      }
    }
  }

  /** Silences java.util.logging, through which the embedded server tells of each request. */
  public static final class SilentLogging {

    public SilentLogging() {
      java.util.logging.LogManager.getLogManager().reset();
    }
  }
}
