package com.mixpeek.operator.cli;

import com.mixpeek.operator.cli.fork.CopyNames;
import com.mixpeek.operator.cli.fork.Fork;
import com.mixpeek.operator.cli.fork.ForkRefused;
import com.mixpeek.operator.cli.fork.LineageSelection;
import com.mixpeek.operator.cli.fork.OverridePatch;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import com.mixpeek.operator.cli.manifest.UnreadableInput;
import com.mixpeek.operator.cli.manifest.YamlWriter;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.Plans;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "fork",
    description = {
      "Print the clones of a whole lineage, as manifests for Git: a clone for each Collection and"
          + " Taxonomy, in which what points at another of them points at its copy, by name, and what"
          + " points elsewhere stays. Comments say what each points at.",
      "The names come before -f, which takes all that follows. --from-cluster without -f forks what"
          + " is in the namespace."
    })
final class ForkCommand extends ManifestCommand {

  /** Takes -next for the suffix that it is, though it begins as {@code -n ext} does. */
  static final class Verbatim implements IParameterConsumer {

    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
      if (words.isEmpty() || words.peek().startsWith("--")) {
        String name = ((OptionSpec) option).longestName();
        throw new ParameterException(command.commandLine(), name + " needs a suffix, such as -v2.");
      }
      option.setValue(words.pop());
    }
  }

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description =
          "Collections and Taxonomies to fork, by metadata.name; collection/NAME or taxonomy/NAME"
              + " where both have it.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--with",
      paramLabel = "upstream|downstream|all",
      description =
          "Also what they read, are built on or apply, and so on (upstream); what does so with them,"
              + " or is written by them (downstream); or all that hangs together.")
  private LineageSelection.With with;

  @Option(
      names = "--suffix",
      required = true,
      parameterConsumer = Verbatim.class,
      paramLabel = "SUFFIX",
      description = "Ends metadata.name of each clone and copy: -v2.")
  private String suffix;

  @Option(
      names = "--catalog-suffix",
      parameterConsumer = Verbatim.class,
      paramLabel = "SUFFIX",
      description =
          "Ends collectionName or taxonomyName; without it the suffix with _ in place of - and . does.")
  private String catalogSuffix;

  @Option(
      names = "--set",
      paramLabel = "NAME:FIELD=VALUE",
      description =
          "Overrides a field of one copy, or one within a field, whose other parts are copied:"
              + " frames:source.bucketIds=[bkt_a]. The value is YAML; null leaves it out.")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--patch",
      paramLabel = "FILE|-",
      description = "Overrides of single copies as YAML: NAME: {FIELD: VALUE}. --set goes on top.")
  private String patch;

  ForkCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    if (ManifestFiles.STDIN.equals(patch) && readsStandardInput()) {
      throw misused("Standard input can be read only once: give a file for -f or for --patch.");
    }
    Plans plans = plansOrExport();
    Fork fork;
    try {
      CopyNames copyNames = CopyNames.of(suffix, catalogSuffix);
      Fork.Request request = new Fork.Request(names, with, copyNames, patches());
      fork = new Fork(plans, lister(), namespace(), request);
    } catch (ForkRefused | UnreadableInput e) {
      throw misused(TerminalText.escape(e.getMessage()));
    }
    for (Fork.ForkedClone clone : fork.clones()) {
      terminal.out().println("---");
      clone.remarks().forEach(r -> terminal.out().printf("# %s%n", TerminalText.escape(r)));
      terminal.out().print(YamlWriter.write(clone.manifest().content()));
    }
    // What can be read already is not kept waiting while the rules of the CRDs are loaded.
    terminal.out().flush();
    fork.problems().forEach(problem -> terminal.err().println(TerminalText.escape(problem)));
    List<Finding> findings = fork.findings(plans);
    findings.forEach(terminal.err()::println);
    return exitCode(!findings.isEmpty() || !fork.problems().isEmpty());
  }

  private List<OverridePatch> patches() throws UnreadableInput {
    List<OverridePatch> patches = new ArrayList<>();
    if (patch != null) {
      ManifestFiles files = new ManifestFiles(terminal.in(), sentence -> {});
      patches.addAll(OverridePatch.of(patch, files.documents(patch)));
    }
    set.stream().map(OverridePatch::of).forEach(patches::add);
    return patches;
  }
}
