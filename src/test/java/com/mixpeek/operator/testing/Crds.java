package com.mixpeek.operator.testing;

import com.mixpeek.operator.Install;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The CRDs as they are committed. */
public final class Crds {

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
    new Install(client).putAll();
  }

  private static CustomResourceDefinition read(Path file) {
    try {
      return Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
