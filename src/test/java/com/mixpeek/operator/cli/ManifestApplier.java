package com.mixpeek.operator.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import com.mixpeek.operator.cli.validation.ShippedCrds;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Puts the resources of manifest files into a namespace. */
final class ManifestApplier {

  private ManifestApplier() {}

  /** Creates what is in the files, with kubectl where the server is real: it reads by itself. */
  static void apply(TestNamespace namespace, Path... files) {
    for (Path file : files) {
      if (namespace.server().real()) {
        Program kubectl = namespace.kubectl();
        kubectl.run("create", "-f", file.toString()).ok();
      } else {
        read(file).forEach(manifest -> create(namespace, manifest));
      }
    }
  }

  /** The embedded server fills in nothing, so it is given what a real one would store. */
  private static void create(TestNamespace namespace, Manifest manifest) {
    ObjectNode stored = ShippedCrds.completed(manifest.kind(), manifest.content());
    namespace.json().create(stored);
  }

  static List<Manifest> read(Path file) {
    return new ManifestFiles(
            InputStream.nullInputStream(),
            sentence -> {
              throw new AssertionError(sentence);
            })
        .read(List.of(file.toString()));
  }
}
