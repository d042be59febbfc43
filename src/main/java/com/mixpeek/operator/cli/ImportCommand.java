package com.mixpeek.operator.cli;

import com.mixpeek.operator.cli.cluster.Cluster;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.YamlWriter;
import com.mixpeek.operator.cli.plan.Elsewhere;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.Inspection;
import com.mixpeek.operator.cli.plan.ManifestSet;
import com.mixpeek.operator.cli.plan.Plans;
import com.mixpeek.operator.cli.remote.Account;
import com.mixpeek.operator.cli.remote.ImportedManifest;
import com.mixpeek.operator.cli.status.Selection;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = {
      "Print the Collections and Taxonomies of a Mixpeek namespace, as manifests for Git: each with"
          + " its ID pinned and only what a user may set, so that applying them changes nothing at"
          + " Mixpeek."
    })
final class ImportCommand implements Callable<Integer> {

  @Mixin private MixpeekOptions mixpeek = new MixpeekOptions();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Namespace of the Connection; without it, that of the current context.")
  private String namespace;

  @Option(
      names = "--connection-ref",
      paramLabel = "NAME",
      description =
          "The Connection that the manifests name; without it the one of --connection, else none.")
  private String connectionRef;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "Write each manifest into a file of its own in that folder, in place of printing.")
  private Path folder;

  @Option(
      names = "--force",
      description = "With -o: write over files that say something else by now.")
  private boolean force;

  @Spec private CommandSpec spec;

  private final Terminal terminal;
  private Cluster cluster;
  private int unreadable;

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Account account = mixpeek.account(terminal, this::cluster, this::namespace, this::tell);
    List<ImportedManifest> imported =
        ImportedManifest.of(
            account,
            Optional.ofNullable(connectionRef).or(mixpeek::connection),
            sentence -> terminal.err().println(TerminalText.escape(sentence)));
    if (imported.isEmpty()) {
      String namespace = TerminalText.escape(account.namespace());
      terminal.err().printf("Mixpeek namespace %s has nothing to import.%n", namespace);
    } else if (folder == null) {
      imported.forEach(
          manifest -> terminal.out().print("---\n" + YamlWriter.write(manifest.content())));
      terminal.out().flush();
    } else {
      write(imported);
    }
    List<Finding> findings = findings(imported);
    findings.forEach(terminal.err()::println);
    return unreadable > 0
        ? ExitCode.UNREADABLE
        : findings.isEmpty() ? ExitCode.FINE : ExitCode.FINDINGS;
  }

  private void tell(String sentence) {
    unreadable++;
    terminal.err().println(sentence);
  }

  private Cluster cluster() {
    if (cluster == null) {
      cluster = Cluster.current();
    }
    return cluster;
  }

  private String namespace() {
    if (namespace == null) {
      return cluster().namespace();
    }
    try {
      return Selection.namespace(namespace);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** All of them, or none where something would be lost. */
  private void write(List<ImportedManifest> imported) {
    Map<Path, String> files = new LinkedHashMap<>();
    imported.forEach(m -> files.put(folder.resolve(m.file()), YamlWriter.write(m.content())));
    try {
      Files.createDirectories(folder);
      for (Path file : List.copyOf(files.keySet())) {
        if (Files.exists(file) && !force && !text(file).equals(files.get(file))) {
          terminal.err().printf("%s says something else already.%n", file);
          files.remove(file);
        }
      }
      if (files.size() < imported.size()) {
        throw new ParameterException(
            spec.commandLine(), "Nothing is written: --force writes over such files.");
      }
      for (Map.Entry<Path, String> file : files.entrySet()) {
        replace(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      String sentence = "%s cannot be written to: see that it is a folder, and whose.";
      throw new ParameterException(spec.commandLine(), sentence.formatted(folder));
    }
    terminal
        .out()
        .printf(
            "%s in %s.%n",
            files.size() == 1 ? "1 manifest is" : files.size() + " manifests are", folder);
  }

  /** In one step: what is interrupted leaves no half of a manifest, nor loses what was there. */
  private static void replace(Path file, String text) throws IOException {
    // Where a link leads is written to, and the link stays.
    Path real = Files.exists(file) ? file.toRealPath() : file;
    Path whole = real.resolveSibling("." + real.getFileName() + ".part");
    try {
      Files.writeString(whole, text);
      Files.move(whole, real, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** What a file says, decoded so that any bytes can be compared. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** What validate would say of them. */
  private List<Finding> findings(List<ImportedManifest> imported) {
    List<Manifest> manifests =
        imported.stream().map(m -> Manifest.of(m.file(), m.content())).toList();
    Plans plans = new Plans(new ManifestSet(manifests, "default"), Elsewhere.NOWHERE);
    return Inspection.of(plans, Optional.empty());
  }
}
