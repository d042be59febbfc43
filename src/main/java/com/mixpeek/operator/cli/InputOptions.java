package com.mixpeek.operator.cli;

import com.mixpeek.operator.cli.cluster.Cluster;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import com.mixpeek.operator.cli.plan.ManifestSet;
import com.mixpeek.operator.cli.plan.Plans;
import com.mixpeek.operator.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which manifests a command looks at, and whether it asks a cluster. */
final class InputOptions {

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "DIR|FILE|-",
      arity = "1..*",
      description = {
        "Manifests: files, directories with all that is in them (.yaml, .yml, .json; hidden ones are"
            + " left out), or - for standard input."
      })
  private List<String> files = new ArrayList<>();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description =
          "Namespace of manifests that name none; without it, that of the current context with"
              + " --from-cluster, else \"default\".")
  private String namespace;

  @Option(
      names = "--from-cluster",
      description = "Read what the manifests lack from the cluster of the current context.")
  private boolean fromCluster;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private int unreadable;
  private Cluster cluster;

  boolean anyFiles() {
    return !files.isEmpty();
  }

  boolean fromCluster() {
    return fromCluster;
  }

  /** What the manifests come to; what could not be read is told at once. */
  Plans plans(Terminal terminal) {
    if (files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing option: -f says which manifests to look at.");
    }
    Consumer<String> tell =
        sentence -> {
          unreadable++;
          terminal.err().println(sentence);
        };
    return plans(new ManifestFiles(terminal.in(), tell).read(files));
  }

  /** The same, or where none are given and a cluster is, what all its manifests come to. */
  Plans plansOrExport(Terminal terminal) {
    return isExport() ? plans(cluster().export(namespace())) : plans(terminal);
  }

  private Plans plans(List<Manifest> manifests) {
    return new Plans(new ManifestSet(manifests, namespace()), lister());
  }

  /** Whether the cluster is all there is to look at. */
  boolean isExport() {
    return !anyFiles() && fromCluster;
  }

  /** How many inputs could not be read. */
  int unread() {
    return unreadable;
  }

  int exitCode(boolean findings) {
    return unreadable > 0 ? ExitCode.UNREADABLE : findings ? ExitCode.FINDINGS : ExitCode.FINE;
  }

  /** The cluster, if it may be asked. */
  Optional<Lister> lister() {
    return fromCluster ? Optional.of(cluster()) : Optional.empty();
  }

  String namespace() {
    return namespace != null ? namespace : fromCluster ? cluster().namespace() : "default";
  }

  Cluster cluster() {
    if (cluster == null) {
      cluster = Cluster.current();
    }
    return cluster;
  }
}
