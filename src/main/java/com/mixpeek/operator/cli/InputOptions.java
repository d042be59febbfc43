package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import com.mixpeek.operator.cli.plan.ManifestSet;
import com.mixpeek.operator.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

  private final List<String> unreadable = new ArrayList<>();
  private Cluster cluster;

  boolean anyFiles() {
    return !files.isEmpty();
  }

  boolean fromCluster() {
    return fromCluster;
  }

  /** The manifests, sorted out; what could not be read is told at once. */
  ManifestSet read(Terminal terminal) {
    if (files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing option: -f says which manifests to look at.");
    }
    List<Manifest> manifests =
        new ManifestFiles(
                terminal.in(),
                sentence -> {
                  unreadable.add(sentence);
                  terminal.err().println(sentence);
                })
            .read(files);
    return new ManifestSet(manifests, namespace(), fromCluster);
  }

  /** The manifests, or where none are given and a cluster is, all that its namespace has. */
  ManifestSet readOrExport(Terminal terminal) {
    return isExport()
        ? new ManifestSet(cluster().export(namespace()), namespace(), true)
        : read(terminal);
  }

  /** Whether the cluster is all there is to look at. */
  boolean isExport() {
    return !anyFiles() && fromCluster;
  }

  /** How many inputs could not be read. */
  int unread() {
    return unreadable.size();
  }

  /** What a namespace of the cluster has, nothing if the cluster is not to be asked. */
  <R extends CatalogResource<?>> Function<String, List<R>> elsewhere(CatalogKind<?, R> kind) {
    return fromCluster
        ? namespace -> cluster().list(kind.resourceType(), namespace)
        : n -> List.of();
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
