package com.mixpeek.operator.testing.server;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder with etcd and kube-apiserver, where envtest would find it or fabric8 puts it. */
final class EnvtestBinaries {

  private EnvtestBinaries() {}

  /** The folder on this machine, empty where there is none. */
  static Optional<Path> local() {
    return Stream.of(
            Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS")).orElse(""),
            "/usr/local/kubebuilder/bin")
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .filter(f -> Files.isExecutable(f.resolve("kube-apiserver")))
        .filter(f -> Files.isExecutable(f.resolve("etcd")))
        .findFirst();
  }

  /** The folder with downloaded ones, the latest that there are. */
  static Path download() {
    BinaryManager manager =
        new BinaryManager(KubeAPIServerConfigBuilder.anAPIServerConfig().build());
    manager.initAndDownloadIfRequired();
    return manager.binaries().getApiServer().toPath().getParent();
  }
}
