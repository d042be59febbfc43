package com.mixpeek.operator.cli;

import com.mixpeek.operator.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete the command line, or what may come next on it. */
@Command(
    name = "completion",
    description = "Print a script that completes kubectl-mixpeek in a shell.",
    footer = {
      "%nTo load it, in bash and in zsh (there after: autoload -U compinit bashcompinit; compinit;"
          + " bashcompinit):%n",
      "  source <(kubectl-mixpeek completion bash)%n",
      "kubectl mixpeek is completed by kubectl's own completion, from kubectl 1.26 on, where"
          + " kubectl_complete-mixpeek is on the PATH."
    })
final class CompletionCommand implements Runnable {

  /** First of the words that kubectl_complete-mixpeek gives. */
  static final String NEXT = "__complete";

  /** Which shell; one script serves both. */
  enum Shell {
    bash,
    zsh
  }

  /** What to do beside offering the candidates, in the protocol of kubectl's completion. */
  private static final String FILES_IF_NONE = ":0";

  private static final String NO_FILES = ":4";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  private final Terminal terminal;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    terminal.out().println(AutoComplete.bash(root.getCommandName(), root));
  }

  /**
   * What may come next, a candidate a line, and then what to do beside.
   *
   * @param words of the command line, the last of which is being written
   */
  static String next(CommandLine line, List<String> words) {
    String begun = words.isEmpty() ? "" : words.get(words.size() - 1);
    String[] all = words.isEmpty() ? new String[] {""} : words.toArray(String[]::new);
    List<CharSequence> endings = new ArrayList<>();
    AutoComplete.complete(
        line.getCommandSpec(), all, all.length - 1, begun.length(), begun.length(), endings);
    List<String> candidates =
        endings.stream()
            .map(ending -> begun + ending)
            // An option is offered to who has begun one.
            .filter(candidate -> begun.startsWith("-") || !candidate.startsWith("-"))
            .distinct()
            .sorted()
            .toList();
    return String.join("\n", candidates)
        + (candidates.isEmpty() ? FILES_IF_NONE : "\n" + NO_FILES)
        + "\n";
  }
}
