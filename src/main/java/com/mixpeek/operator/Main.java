package com.mixpeek.operator;

import com.mixpeek.operator.api.Kinds;
import com.mixpeek.operator.client.ApiErrors;
import com.mixpeek.operator.client.OperatorClient;
import com.mixpeek.operator.telemetry.OperatorLog;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Runs the operator against the cluster of the current kubeconfig, or the one it runs in; or puts
 * the CRDs on that cluster, or takes them away.
 */
public final class Main {

  private static final String HELP =
      "Give nothing to run the operator, or install, uninstall or uninstall --force for the CRDs.";

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    switch (String.join(" ", args)) {
      case "" -> run();
      case "install" -> System.exit(crds("installed at", Main::install));
      case "uninstall" -> System.exit(crds("removed from", client -> uninstall(client, false)));
      case "uninstall --force" ->
          System.exit(crds("removed from", client -> uninstall(client, true)));
      case "--help", "-h", "help" -> System.out.printf("%s%n", HELP);
      default -> {
        System.err.printf("\"%s\" is no command. %s%n", String.join(" ", args), HELP);
        System.exit(USAGE);
      }
    }
  }

  private static void run() throws InterruptedException {
    Settings settings;
    try {
      settings = Settings.from(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
      return;
    }
    OperatorLog.configure(settings.logLevel(), settings.logFormat());
    OldGeneration.keepSmall();
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicBoolean stopping = new AtomicBoolean();
    try (Replica replica = new Replica(settings, Clock.systemUTC(), Main::client)) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(replica, stopping, stopped), "stop"));
      replica.start();
      stopped.await();
    } catch (UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    } catch (RuntimeException e) {
      // Whoever stops it while it starts need not read what was under way.
      if (!stopping.get()) {
        throw e;
      }
    }
  }

  private static void stop(Replica replica, AtomicBoolean stopping, CountDownLatch stopped) {
    stopping.set(true);
    LoggerFactory.getLogger(Main.class).info("Stopping.");
    replica.close();
    stopped.countDown();
  }

  private static int crds(String what, ToIntFunction<KubernetesClient> command) {
    OperatorLog.configure(Level.WARN, "text");
    try (KubernetesClient client = client()) {
      try {
        return command.applyAsInt(client);
      } catch (KubernetesClientTimeoutException e) {
        System.err.printf(
            "The CRDs were not %s %s: they took too long to be established. See what kubectl"
                + " describe crd says of them.%n",
            what, client.getMasterUrl());
        return FAILED;
      } catch (KubernetesClientException e) {
        String unreachable =
            "it cannot be reached (%s). Is the current kubeconfig the right one?"
                .formatted(ApiErrors.connection(e));
        System.err.printf(
            "The CRDs were not %s %s: %s%n",
            what, client.getMasterUrl(), ApiErrors.message(e).orElse(unreachable));
        return FAILED;
      }
    } catch (UncheckedIOException e) {
      System.err.println(e.getMessage());
      return FAILED;
    }
  }

  private static int install(KubernetesClient client) {
    CrdInstaller install = new CrdInstaller(client);
    if (isHeld(install, "The CRDs were not installed at %s, as these are still being removed")) {
      return FAILED;
    }
    install.put(Kinds.TYPES);
    System.out.printf("The CRDs are installed at %s.%n", client.getMasterUrl());
    return 0;
  }

  private static int uninstall(KubernetesClient client, boolean force) {
    CrdInstaller install = new CrdInstaller(client);
    List<String> inUse = install.inUse();
    if (!inUse.isEmpty() && !force) {
      System.err.printf(
          "The CRDs stay at %s, for they would take all resources of their kinds with them, and"
              + " there are:%n  %s%nDelete those first, or lose them with: make uninstall FORCE=1%n",
          client.getMasterUrl(), String.join("%n  ".formatted(), inUse));
      return FAILED;
    }
    install.remove(Kinds.TYPES);
    if (isHeld(install, "The CRDs are being removed from %s, and these are not gone yet")) {
      return FAILED;
    }
    System.out.printf(
        "The CRDs are removed from %s%s.%n",
        client.getMasterUrl(), inUse.isEmpty() ? "" : ", and all resources of their kinds");
    return 0;
  }

  /** Waits for CRDs that are being removed, and says so of those that something holds. */
  private static boolean isHeld(CrdInstaller install, String what) {
    List<String> leaving = install.leaving(CrdInstaller.PATIENCE);
    if (!leaving.isEmpty()) {
      System.err.printf(
          what
              + ": %s. Resources of theirs have a finalizer: let the operator run until they are"
              + " gone, or take mixpeek.com/remote out of their metadata.finalizers, which leaves"
              + " what they made at Mixpeek.%n",
          install.client().getMasterUrl(),
          String.join(", ", leaving));
    }
    return !leaving.isEmpty();
  }

  /**
   * A client for the cluster of the current kubeconfig, or the one it runs in.
   *
   * @param interceptors see each request
   * @throws UncheckedIOException if the kubeconfig cannot be read
   */
  static KubernetesClient client(Interceptor... interceptors) {
    Config config;
    try {
      config = new ConfigBuilder().build();
    } catch (RuntimeException e) {
      throw new UncheckedIOException(ApiErrors.UNREADABLE_KUBECONFIG, new IOException(e));
    }
    return OperatorClient.build(config, interceptors);
  }
}
