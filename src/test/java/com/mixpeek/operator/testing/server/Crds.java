package com.mixpeek.operator.testing.server;

import com.mixpeek.operator.CrdInstaller;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Kinds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The CRDs as they are committed. */
public final class Crds {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public static final Path FOLDER = Path.of("crds");

  private Crds() {}

  public static List<CustomResourceDefinition> all() {
    return files().stream().map(Crds::read).toList();
  }

  /** One file a kind; what else lies beside them is for kustomize. */
  public static List<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".mixpeek.com.yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts them on a server, and waits until it serves them. */
  public static void install(KubernetesClient client) {
    new CrdInstaller(client).put(Kinds.TYPES);
  }

  /** A kind that was just established refuses watches for a moment, with code 429. */
  static void awaitWatches(KubernetesClient client) {
    for (CatalogKind<?, ?> kind : List.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY)) {
      Stream.of(kind.resourceType(), kind.cloneType())
          .forEach(
              type ->
                  Awaitility.await()
                      .atMost(PATIENCE)
                      .ignoreExceptions()
                      .until(
                          () -> {
                            client.resources(type).inAnyNamespace().watch(new Deaf<>()).close();
                            return true;
                          }));
    }
  }

  private static final class Deaf<T> implements Watcher<T> {

    @Override
    public void eventReceived(Action action, T resource) {
      // Only whether a watch can be opened matters.
    }

    @Override
    public void onClose(WatcherException cause) {
      // Closed by us.
    }
  }

  private static CustomResourceDefinition read(Path file) {
    try {
      return Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
