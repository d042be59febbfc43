package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.cluster.Cluster;
import com.mixpeek.operator.cli.status.CloneRow;
import com.mixpeek.operator.cli.status.Selection;
import com.mixpeek.operator.cli.status.StatusView;
import com.mixpeek.operator.cli.status.WaitingChains;
import com.mixpeek.operator.cli.status.live.ChangeLog;
import com.mixpeek.operator.cli.status.live.CloneWatch;
import com.mixpeek.operator.cli.status.live.LiveView;
import com.mixpeek.operator.cli.status.live.Screen;
import com.mixpeek.operator.cli.terminal.Terminal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description =
        "Show what each clone waits for, since when, and what to do about it; 1 if one needs you.")
final class StatusCommand implements Callable<Integer> {

  enum Output {
    text,
    json
  }

  private static final class Where {

    @Option(
        names = {"-n", "--namespace"},
        paramLabel = "NAMESPACE",
        description = "Namespace of the clones; without it, that of the current context.")
    private String namespace;

    @Option(
        names = {"-A", "--all-namespaces"},
        description = "The clones of all namespaces.")
    private boolean all;
  }

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Clones to show, with a kind (collectionclone/NAME) or without; all if none.")
  private List<String> names = new ArrayList<>();

  @ArgGroup private Where where;

  @Option(
      names = {"-w", "--watch"},
      description = {
        "Go on until Ctrl-C: on a terminal a view that is drawn anew, else a line for each change."
      })
  private boolean watch;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "text (the default) or json; with -w a JSON object for each change.")
  private Output output = Output.text;

  @Spec private CommandSpec spec;

  private final Terminal terminal;
  private final Clock clock;
  private final Supplier<Cluster> clusters;

  StatusCommand(Terminal terminal, Clock clock, Supplier<Cluster> clusters) {
    this.terminal = terminal;
    this.clock = clock;
    this.clusters = clusters;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Cluster cluster = clusters.get()) {
      Selection selection = selection(cluster);
      return watch ? follow(cluster, selection) : show(cluster, selection);
    }
  }

  private Selection selection(Cluster cluster) {
    String namespace = where == null ? cluster.namespace() : where.all ? null : where.namespace;
    try {
      return new Selection(namespace, names);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private int show(Cluster cluster, Selection selection) {
    StatusView clones = new StatusView(selection);
    WaitingChains chains = null;
    for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
      for (CloneResource<?> clone : cluster.list(kind.cloneType(), selection.namespace())) {
        CloneRow row = CloneRow.of(clone);
        if (WaitingChains.concern(clone)) {
          // Listed only where something waits.
          chains = chains != null ? chains : new WaitingChains(cluster, selection.namespace());
          row = row.saying(chains.root(clone));
        }
        clones.put(row);
      }
    }
    List<String> missing = clones.missing().toList();
    Instant now = clock.instant();
    if (output == Output.json) {
      terminal.out().println(clones.json(now));
    } else if (!clones.isEmpty() || missing.isEmpty()) {
      int width = terminal.interactive() ? Screen.size(System::getenv).width() : 0;
      clones
          .table(width, now)
          .forEach(line -> terminal.out().println(line.render(terminal::styled)));
    }
    missing.forEach(terminal.err()::println);
    return clones.needYou() || !missing.isEmpty() ? ExitCode.FINDINGS : ExitCode.FINE;
  }

  private int follow(Cluster cluster, Selection selection) throws InterruptedException {
    try (CloneWatch changes = new CloneWatch(cluster.client(), selection)) {
      CatalogKind.ALL.forEach(kind -> start(cluster, kind, selection, changes));
      if (terminal.interactive() && output == Output.text) {
        new LiveView(changes, selection, terminal.out(), terminal::styled, clock).follow();
      } else {
        boolean json = output == Output.json;
        new ChangeLog(changes, selection, json, terminal.out(), terminal.err(), clock).follow();
      }
    }
    return ExitCode.FINE;
  }

  private static void start(
      Cluster cluster, CatalogKind<?, ?> kind, Selection selection, CloneWatch changes) {
    try {
      changes.start(kind.cloneType());
    } catch (KubernetesClientException e) {
      throw cluster.unreachable(kind.cloneType(), selection.namespace(), e);
    }
  }
}
