package com.mixpeek.operator.cli;

import com.mixpeek.operator.cli.cluster.Cluster;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import com.mixpeek.operator.cli.plan.Elsewhere;
import com.mixpeek.operator.cli.plan.ManifestSet;
import com.mixpeek.operator.cli.plan.Plans;
import com.mixpeek.operator.cli.remote.Account;
import com.mixpeek.operator.cli.status.Selection;
import com.mixpeek.operator.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that looks at manifests, and asks a cluster where it is told to. */
abstract class ManifestCommand implements Callable<Integer> {

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
              + " --from-cluster or --connection, else \"default\".")
  private String namespace;

  @Option(
      names = "--from-cluster",
      description = "Read what the manifests lack from the cluster of the current context.")
  private boolean fromCluster;

  @Option(
      names = "--from-mixpeek",
      description =
          "Read sources of clones that name a Connection from a Mixpeek namespace: of --connection, or"
              + " of --mixpeek-namespace with a key of your own.")
  private boolean fromMixpeek;

  @Mixin private MixpeekOptions mixpeek = new MixpeekOptions();

  @Spec private CommandSpec spec;

  final Terminal terminal;
  private int unreadable;
  private Cluster cluster;
  private Account account;

  ManifestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  boolean anyFiles() {
    return !files.isEmpty();
  }

  /** Whether {@code -f -} is given. */
  boolean readsStandardInput() {
    return files.contains(ManifestFiles.STDIN);
  }

  boolean fromCluster() {
    return fromCluster;
  }

  boolean fromMixpeek() {
    return fromMixpeek;
  }

  /** What the manifests come to; what could not be read is told at once. */
  Plans plans() {
    account();
    if (files.isEmpty()) {
      throw misused("Missing option: -f says which manifests to look at.");
    }
    return plans(new ManifestFiles(terminal.in(), this::tell).read(files));
  }

  private void tell(String sentence) {
    unreadable++;
    terminal.err().println(sentence);
  }

  /** The same, or where none are given and a cluster is, what all its manifests come to. */
  Plans plansOrExport() {
    account();
    return isExport() ? plans(cluster().export(namespace())) : plans();
  }

  ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private Plans plans(List<Manifest> manifests) {
    return new Plans(new ManifestSet(manifests, namespace()), new Elsewhere(lister(), account()));
  }

  /** Whether the cluster is all there is to look at. */
  boolean isExport() {
    return !anyFiles() && fromCluster;
  }

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

  /** The Mixpeek namespace, if it may be asked. */
  Optional<Account> account() {
    if (fromCluster && fromMixpeek) {
      throw misused("--from-cluster and --from-mixpeek exclude each other.");
    }
    if (!fromMixpeek && mixpeek.areGiven()) {
      throw misused("These options say where --from-mixpeek looks: give that, too.");
    }
    if (fromMixpeek && account == null) {
      account = mixpeek.account(terminal, this::cluster, this::namespace, this::tell);
    }
    return Optional.ofNullable(account);
  }

  /** Where a Connection is read from the cluster, its context says which namespace is meant. */
  String namespace() {
    boolean inContext = fromCluster || fromMixpeek && mixpeek.connection().isPresent();
    if (namespace == null) {
      return inContext ? cluster().namespace() : "default";
    }
    try {
      return Selection.namespace(namespace);
    } catch (IllegalArgumentException e) {
      throw misused(e.getMessage());
    }
  }

  Cluster cluster() {
    if (cluster == null) {
      cluster = Cluster.current();
    }
    return cluster;
  }
}
