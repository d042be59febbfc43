package com.mixpeek.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;

/**
 * Every setting of the operator, each an environment variable.
 *
 * @param namespaces the namespaces to watch; empty for all
 * @param concurrency how many resources are worked on at once, 1 to 100
 * @param logLevel the least severe level that is logged
 * @param logFormat {@code text} or {@code json}
 * @param httpPort the port of health and metrics; 0 for any free one, -1 for none
 * @param leaderElection whether to work only while holding a Lease
 * @param leaseNamespace where the Lease is; empty for the namespace of the pod or the kubeconfig
 * @param identity who holds the Lease; empty for the host's name
 */
public record Settings(
    Set<String> namespaces,
    int concurrency,
    Level logLevel,
    String logFormat,
    int httpPort,
    boolean leaderElection,
    String leaseNamespace,
    String identity) {

  static final String NAMESPACES = "MIXPEEK_NAMESPACES";
  static final String CONCURRENCY = "MIXPEEK_CONCURRENCY";
  static final String LOG_LEVEL = "MIXPEEK_LOG_LEVEL";
  static final String LOG_FORMAT = "MIXPEEK_LOG_FORMAT";
  static final String HTTP_PORT = "MIXPEEK_HTTP_PORT";
  static final String LEADER_ELECTION = "MIXPEEK_LEADER_ELECTION";
  static final String LEASE_NAMESPACE = "MIXPEEK_LEASE_NAMESPACE";
  static final String IDENTITY = "MIXPEEK_IDENTITY";

  private static final String PREFIX = "MIXPEEK_";
  private static final Set<String> ALL =
      Set.of(
          NAMESPACES,
          CONCURRENCY,
          LOG_LEVEL,
          LOG_FORMAT,
          HTTP_PORT,
          LEADER_ELECTION,
          LEASE_NAMESPACE,
          IDENTITY);

  /** What Kubernetes itself puts into a pod's environment for a Service named mixpeek-something. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT|PORT_\\d+_.*)");

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final int MOST_CONCURRENCY = 100;
  private static final int LAST_PORT = 65_535;
  private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  /** The settings of someone who set nothing. */
  public static Settings defaults() {
    return new Settings(Set.of(), 10, Level.INFO, "text", -1, false, "", "");
  }

  /** The same, watching these namespaces only. */
  public Settings watching(Set<String> only) {
    return new Settings(
        only, concurrency, logLevel, logFormat, httpPort, leaderElection, leaseNamespace, identity);
  }

  /**
   * Reads the settings.
   *
   * @param environment variables by name; others than the operator's are passed over
   * @throws IllegalArgumentException with one sentence for each bad value or unknown variable
   */
  public static Settings from(Map<String, String> environment) {
    Reader read = new Reader(environment, new ArrayList<>());
    environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !ALL.contains(name))
        .filter(name -> !SERVICE_LINK.matcher(name).matches())
        .sorted()
        .forEach(
            name ->
                read.problems.add(
                    "%s is not a setting: the settings are %s."
                        .formatted(name, String.join(", ", ALL.stream().sorted().toList()))));
    Settings standard = defaults();
    Settings settings =
        new Settings(
            read.namespaces(),
            read.number(CONCURRENCY, 1, MOST_CONCURRENCY, standard.concurrency()),
            Level.valueOf(read.oneOf(LOG_LEVEL, LEVELS, standard.logLevel().name())),
            read.oneOf(LOG_FORMAT, List.of("text", "json"), standard.logFormat()),
            read.number(HTTP_PORT, 1, LAST_PORT, standard.httpPort()),
            read.oneOf(LEADER_ELECTION, List.of("true", "false"), "false").equals("true"),
            read.namespace(LEASE_NAMESPACE),
            read.text(IDENTITY));
    if (!read.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", read.problems));
    }
    return settings;
  }

  /** Reads variables, and notes what is wrong with them. */
  private record Reader(Map<String, String> environment, List<String> problems) {

    private String text(String name) {
      return environment.getOrDefault(name, "").strip();
    }

    private Set<String> namespaces() {
      Set<String> names = new LinkedHashSet<>();
      Arrays.stream(text(NAMESPACES).split(","))
          .map(String::strip)
          .filter(n -> !n.isEmpty())
          .forEach(names::add);
      names.forEach(name -> checkNamespace(NAMESPACES, name, "separated by commas, "));
      return names;
    }

    private String namespace(String name) {
      String value = text(name);
      if (!value.isEmpty()) {
        checkNamespace(name, value, "");
      }
      return value;
    }

    private void checkNamespace(String variable, String value, String how) {
      if (!NAMESPACE.matcher(value).matches()) {
        problems.add(
            ("%s names \"%s\", which is no namespace: give names of lower-case letters, digits and"
                    + " '-', %sor nothing for %s.")
                .formatted(variable, value, how, variable.equals(NAMESPACES) ? "all" : "our own"));
      }
    }

    private int number(String name, int least, int most, int standard) {
      String value = text(name);
      if (value.isEmpty()) {
        return standard;
      }
      try {
        int number = Integer.parseInt(value);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number out of range.
      }
      problems.add(
          "%s is \"%s\": give a number from %d to %d.".formatted(name, value, least, most));
      return standard;
    }

    /** One of the values, however its letters are written. */
    private String oneOf(String name, List<String> values, String standard) {
      String value = text(name);
      if (value.isEmpty()) {
        return standard;
      }
      Optional<String> known = values.stream().filter(value::equalsIgnoreCase).findFirst();
      if (known.isEmpty()) {
        problems.add(
            "%s is \"%s\": give one of %s.".formatted(name, value, String.join(", ", values)));
      }
      return known.orElse(standard);
    }
  }
}
