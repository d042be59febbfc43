package com.mixpeek.operator.cli;

import com.mixpeek.operator.cli.cluster.Cluster;
import com.mixpeek.operator.cli.graph.SvgWriter;
import com.mixpeek.operator.cli.remote.MixpeekUnreadable;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "kubectl-mixpeek",
    description =
        "Shows what clones of Mixpeek collections and taxonomies make, before they make it.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:there are findings",
      "2:wrong usage, an input, the cluster or Mixpeek cannot be read, or the output not be written"
    })
public final class Mixpeek implements Runnable {

  @Spec private CommandSpec spec;

  private Mixpeek() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: say what is to be done.");
  }

  /** Runs a command with everything that it needs of the outside. */
  static int run(Terminal terminal, String... args) {
    CommandLine line = new CommandLine(new Mixpeek());
    line.getCommandSpec().version("kubectl-mixpeek " + version());
    line.addSubcommand(new RenderCommand(terminal));
    line.addSubcommand(new DiffCommand(terminal));
    line.addSubcommand(new ValidateCommand(terminal));
    line.addSubcommand(new GraphCommand(terminal));
    line.addSubcommand(new ForkCommand(terminal));
    line.addSubcommand(new ImportCommand(terminal));
    line.addSubcommand(new CompletionCommand(terminal));
    line.addSubcommand(new StatusCommand(terminal, Clock.systemUTC(), Cluster::current));
    line.setOut(new PrintWriter(terminal.out(), true));
    line.setErr(new PrintWriter(terminal.err(), true));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi()));
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          CommandLine command = e.getCommandLine();
          Optional<String> key = MixpeekOptions.keyOnCommandLine(args);
          terminal.err().println(key.orElseGet(e::getMessage));
          if (key.isPresent()
              || !CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
            terminal.err().printf("See %s --help.%n", command.getCommandSpec().qualifiedName());
          }
          return ExitCode.UNREADABLE;
        });
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          terminal.err().println(sentence(e));
          return ExitCode.UNREADABLE;
        });
    if (args.length > 0 && args[0].equals(CompletionCommand.NEXT)) {
      List<String> words = List.of(args).subList(1, args.length);
      terminal.out().print(CompletionCommand.next(line, words));
      terminal.out().flush();
      return ExitCode.FINE;
    }
    int code = line.execute(args);
    terminal.out().flush();
    return code;
  }

  /**
   * An exception that was not thought of is a fault of ours, and whoever mends it needs its stack.
   */
  private static String sentence(Exception e) {
    if (e instanceof MixpeekUnreadable) {
      return TerminalText.escape(e.getMessage());
    }
    if (e instanceof Cluster.Unreachable || e instanceof SvgWriter.TooLarge) {
      return e.getMessage();
    }
    StringWriter stack = new StringWriter();
    e.printStackTrace(new PrintWriter(stack));
    return Boolean.getBoolean("kubectl-mixpeek.stack")
        ? stack.toString()
        : ("This is a fault of kubectl-mixpeek (%s): please report it, with what"
                + " JAVA_TOOL_OPTIONS=-Dkubectl-mixpeek.stack=true makes it print.")
            .formatted(e.getClass().getSimpleName());
  }

  public static void main(String[] args) {
    // That libraries have nowhere to log to is meant so, and nothing to warn of.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    // Said by the script that starts this: System.console() tells of standard input too.
    boolean onTerminal = Boolean.getBoolean("kubectl-mixpeek.terminal");
    boolean colour = onTerminal && System.getenv("NO_COLOR") == null;
    Output output = new Output(FileDescriptor.out);
    PrintStream out = stream(output, false);
    PrintStream err = stream(new FileOutputStream(FileDescriptor.err), true);
    int code = ExitCode.UNREADABLE;
    try {
      code = run(new Terminal(System.in, out, err, colour, onTerminal), args);
    } catch (OutOfMemoryError e) {
      err.println("There is not enough memory for this many manifests: give fewer at once.");
    }
    if (output.isLost) {
      err.println("Not all of the output could be written: see that there is room where it goes.");
      code = ExitCode.UNREADABLE;
    }
    System.exit(code);
  }

  private static String version() {
    String version = Mixpeek.class.getPackage().getImplementationVersion();
    return version == null ? "of no released version" : version;
  }

  private static PrintStream stream(FileOutputStream file, boolean atOnce) {
    return new PrintStream(new BufferedOutputStream(file, 1 << 16), atOnce, StandardCharsets.UTF_8);
  }

  /** Knows whether something of it was lost, of which a PrintStream does not tell. */
  private static final class Output extends FileOutputStream {

    private boolean isLost;

    Output(FileDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        super.write(bytes, from, length);
      } catch (IOException e) {
        // Who reads no further, as head does, has what it wants.
        isLost |= !"Broken pipe".equals(e.getMessage());
        throw e;
      }
    }
  }
}
