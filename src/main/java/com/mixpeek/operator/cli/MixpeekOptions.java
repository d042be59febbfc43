package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.ConnectionSpec;
import com.mixpeek.operator.cli.cluster.Cluster;
import com.mixpeek.operator.cli.remote.Access;
import com.mixpeek.operator.cli.remote.Account;
import com.mixpeek.operator.cli.remote.ConnectionReader;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.remote.AllowedHosts;
import com.mixpeek.operator.remote.ApiKey;
import com.mixpeek.operator.remote.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which Mixpeek namespace is read, and where its key is found: never on the command line. */
final class MixpeekOptions {

  static final String KEY_VARIABLE = "MIXPEEK_API_KEY";
  private static final String KEY_FILE = "--api-key-file";
  private static final Pattern KEY_WORD = Pattern.compile("--api-key(=.*)?|(.*=)?sk_[\\w-]{12,}");

  /** What is meant where nothing is said. */
  private static final ConnectionSpec STANDARD = new ConnectionSpec();

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description =
          "The Connection of the cluster of the current context whose Mixpeek namespace is read, with"
              + " the key in its Secret.")
  private String connection;

  @Option(
      names = "--mixpeek-namespace",
      paramLabel = "NAMESPACE",
      description =
          "The Mixpeek namespace to read, its name or ID, where no Connection is given. The API key is"
              + " read from the environment variable "
              + KEY_VARIABLE
              + ", or from --api-key-file.")
  private String mixpeekNamespace;

  @Option(
      names = KEY_FILE,
      paramLabel = "FILE",
      description = "A file with the API key, for --mixpeek-namespace.")
  private String keyFile;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description =
          "Where the API is, if not at https://api.mixpeek.com; with --connection, that the key may be"
              + " sent there.")
  private String baseUrl;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** What is said in place of repeating a command line that is wrong and may have a key in it. */
  static Optional<String> keyOnCommandLine(String... arguments) {
    return Stream.of(arguments).anyMatch(KEY_WORD.asMatchPredicate())
        ? Optional.of(
            "A key on the command line is seen by others: put it into %s, or into a file for %s."
                .formatted(KEY_VARIABLE, KEY_FILE))
        : Optional.empty();
  }

  /** The Connection that is given, empty for a key of one's own. */
  Optional<String> connection() {
    return Optional.ofNullable(connection);
  }

  /** Whether any of these options is given. */
  boolean areGiven() {
    return connection != null || mixpeekNamespace != null || keyFile != null || baseUrl != null;
  }

  /**
   * What is there, which is yet to be read.
   *
   * @param unreadable is told a sentence for each thing that cannot be read
   */
  Account account(
      Terminal terminal,
      Supplier<Cluster> cluster,
      Supplier<String> namespace,
      Consumer<String> unreadable) {
    if ((connection == null) == (mixpeekNamespace == null)) {
      throw misused("Say which Mixpeek namespace to read: --connection or --mixpeek-namespace.");
    }
    if (connection != null && keyFile != null) {
      throw misused("--connection brings its own key: leave " + KEY_FILE + " out.");
    }
    if (baseUrl != null) {
      hosts()
          .problem(baseUrl)
          .ifPresent(
              problem -> {
                throw misused(problem);
              });
    }
    Access access =
        connection == null
            ? own(terminal)
            : new ConnectionReader(cluster.get(), namespace.get())
                .read(connection, Optional.ofNullable(baseUrl));
    return new Account(access, terminal.err()::println, unreadable);
  }

  private Access own(Terminal terminal) {
    Optional<String> variable = Optional.ofNullable(terminal.environment().apply(KEY_VARIABLE));
    String source = keyFile == null ? KEY_VARIABLE : "the file of " + KEY_FILE;
    String text =
        keyFile == null
            ? variable.orElseThrow(
                () ->
                    misused(
                        "There is no API key: set %s, or give %s."
                            .formatted(KEY_VARIABLE, KEY_FILE)))
            : file();
    ApiKey apiKey =
        ApiKey.of(text)
            .orElseThrow(
                () ->
                    misused(
                        "What is in %s is no API key: it is empty, or has white space or other letters than ASCII has in it: put a valid key there."
                            .formatted(source)));
    String url = baseUrl == null ? STANDARD.baseUrl() : baseUrl;
    try {
      Endpoint endpoint = new Endpoint(URI.create(url), mixpeekNamespace, apiKey);
      return new Access(endpoint, STANDARD.requestsPerMinute(), source, Optional.empty());
    } catch (IllegalArgumentException e) {
      throw misused(e.getMessage());
    }
  }

  /** Whoever gives the key in place of the file is not told its name. */
  private String file() {
    try {
      return Files.readString(Path.of(keyFile), StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw misused(
          "The file of %s cannot be read: give one with the API key.".formatted(KEY_FILE));
    }
  }

  /** Whoever has the key may send it to any host. */
  private AllowedHosts hosts() {
    try {
      String host = new URI(baseUrl).getHost();
      return new AllowedHosts(host == null ? Set.of() : Set.of(host.toLowerCase(Locale.ROOT)));
    } catch (URISyntaxException e) {
      return AllowedHosts.STANDARD;
    }
  }

  private ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
