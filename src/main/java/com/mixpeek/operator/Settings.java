package com.mixpeek.operator;

import com.mixpeek.operator.remote.AllowedHosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/**
 * Every setting of the operator, each an environment variable.
 *
 * @param namespaces the namespaces to watch; empty for all
 * @param namespaceSelector watches the namespaces whose labels it selects; empty for no such choice
 * @param shard names this operator among others that watch other namespaces: in its Lease and in
 *     its metrics; empty where there is only one
 * @param allowedHosts where API keys may be sent
 * @param apiTimeout how long the Mixpeek API may take for an answer
 * @param concurrency how many resources are worked on at once, 1 to 100
 * @param logLevel the least severe level that is logged
 * @param logFormat {@code text} or {@code json}
 * @param httpPort the port of health and metrics; 0 for any free one, -1 for none
 * @param leaderElection whether to work only while holding a Lease
 * @param leaseNamespace where the Lease is; empty for the namespace of the pod or the kubeconfig
 * @param identity who holds the Lease; empty for the host's name and a UUID
 */
public record Settings(
    Set<String> namespaces,
    String namespaceSelector,
    String shard,
    AllowedHosts allowedHosts,
    Duration apiTimeout,
    int concurrency,
    Level logLevel,
    String logFormat,
    int httpPort,
    boolean leaderElection,
    String leaseNamespace,
    String identity) {

  private static final String PREFIX = "MIXPEEK_";

  /** Of kubectl-mixpeek, and in the environment of whoever has just used it. */
  private static final String COMMAND_LINE_KEY = "MIXPEEK_API_KEY";

  /** What Kubernetes itself puts into a pod's environment for a Service named mixpeek-something. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_.*)");

  /** It also puts there one whose name ends in _PORT, as a setting may be meant to. */
  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?|\\[[0-9a-f:.]+\\]");

  /** As kubectl takes it: whether keys and values are too long, the API server says. */
  private static final Pattern SELECTOR =
      Pattern.compile(
          "(REQUIREMENT(,REQUIREMENT)*)?"
              .replace("REQUIREMENT", "\\s*(!\\s*KEY|KEY(\\s*(=|==|!=)\\s*VALUE|\\s+SET)?)\\s*")
              .replace("SET", "(in|notin)\\s*\\(\\s*VALUE(\\s*,\\s*VALUE)*\\s*\\)")
              .replace("KEY", "([-a-z0-9.]+/)?WORD")
              .replace("VALUE", "(WORD)?")
              .replace("WORD", "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?"));

  private static final int MOST_CONCURRENCY = 100;
  private static final int LAST_PORT = 65_535;
  private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  public static Settings defaults() {
    return new Settings(
        Set.of(),
        "",
        "",
        AllowedHosts.STANDARD_AND_LOOPBACK,
        Duration.ofSeconds(30),
        10,
        Level.INFO,
        "text",
        -1,
        false,
        "",
        "");
  }

  /** The same, watching these namespaces only. */
  public Settings watching(Set<String> only) {
    return with(only, allowedHosts, apiTimeout);
  }

  /**
   * The same, with these hosts as the only ones that API keys may be sent to.
   *
   * @param timeout for an answer of theirs
   */
  public Settings sendingKeysTo(Set<String> hosts, Duration timeout) {
    return with(namespaces, new AllowedHosts(hosts), timeout);
  }

  private Settings with(Set<String> only, AllowedHosts hosts, Duration timeout) {
    return new Settings(
        only,
        only.equals(namespaces) ? namespaceSelector : "",
        shard,
        hosts,
        timeout,
        concurrency,
        logLevel,
        logFormat,
        httpPort,
        leaderElection,
        leaseNamespace,
        identity);
  }

  /**
   * Reads the settings.
   *
   * @param environment variables by name; others than the operator's are passed over
   * @throws IllegalArgumentException with one sentence for each bad value or unknown variable
   */
  public static Settings from(Map<String, String> environment) {
    Reader read = new Reader(environment, new TreeSet<>(), new ArrayList<>());
    Settings standard = defaults();
    Settings settings =
        new Settings(
            read.namespaces("MIXPEEK_NAMESPACES"),
            read.selector("MIXPEEK_NAMESPACE_SELECTOR"),
            read.name("MIXPEEK_SHARD"),
            read.hosts("MIXPEEK_ALLOWED_HOSTS"),
            Duration.ofSeconds(
                read.number(
                    "MIXPEEK_API_TIMEOUT", 1, 300, (int) standard.apiTimeout().toSeconds())),
            read.number("MIXPEEK_CONCURRENCY", 1, MOST_CONCURRENCY, standard.concurrency()),
            Level.valueOf(read.oneOf("MIXPEEK_LOG_LEVEL", LEVELS, standard.logLevel().name())),
            read.oneOf("MIXPEEK_LOG_FORMAT", List.of("text", "json"), standard.logFormat()),
            read.number("MIXPEEK_HTTP_PORT", 1, LAST_PORT, standard.httpPort()),
            read.oneOf("MIXPEEK_LEADER_ELECTION", List.of("true", "false"), "false").equals("true"),
            read.namespace("MIXPEEK_LEASE_NAMESPACE"),
            read.text("MIXPEEK_IDENTITY"));
    List<String> problems = read.unknown();
    problems.addAll(read.problems);
    settings.contradiction().ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return settings;
  }

  private Optional<String> contradiction() {
    if (namespaceSelector.isEmpty()) {
      return Optional.empty();
    }
    if (!namespaces.isEmpty()) {
      return Optional.of(
          "MIXPEEK_NAMESPACES and MIXPEEK_NAMESPACE_SELECTOR both say what to watch: give one.");
    }
    return leaderElection && shard.isEmpty()
        ? Optional.of(
            "MIXPEEK_NAMESPACE_SELECTOR needs a MIXPEEK_SHARD beside it, as each shard elects its"
                + " own leader: give each a name of its own.")
        : Optional.empty();
  }

  /**
   * Reads variables, and notes what is wrong with them.
   *
   * @param names of those that were read
   */
  private record Reader(
      Map<String, String> environment, SortedSet<String> names, List<String> problems) {

    private List<String> unknown() {
      String is = "%s is not a setting: the settings are " + String.join(", ", names) + ".";
      return environment.keySet().stream()
          .filter(name -> name.startsWith(PREFIX) && !names.contains(name))
          .filter(name -> !name.equals(COMMAND_LINE_KEY))
          .filter(name -> !SERVICE_LINK.matcher(name).matches())
          .filter(
              name ->
                  !name.endsWith("_PORT")
                      || !SERVICE_ADDRESS.matcher(environment.get(name)).matches())
          .sorted()
          .map(is::formatted)
          .collect(Collectors.toCollection(ArrayList::new));
    }

    private String text(String name) {
      names.add(name);
      return environment.getOrDefault(name, "").strip();
    }

    /** What stands between commas. Commas alone are no list of nothing, and are refused. */
    private Set<String> list(String name) {
      Set<String> items = new LinkedHashSet<>();
      for (String item : text(name).split(",")) {
        items.add(item.strip());
      }
      items.remove("");
      return items.isEmpty() && !text(name).isEmpty() ? Set.of(text(name)) : items;
    }

    private Set<String> namespaces(String name) {
      Set<String> namespaces = list(name);
      namespaces.forEach(n -> checked(name, n, "separated by commas, or nothing for all"));
      return namespaces;
    }

    private AllowedHosts hosts(String name) {
      Set<String> hosts = new LinkedHashSet<>();
      list(name).forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
      hosts.stream()
          .filter(host -> !HOST.matcher(host).matches())
          .forEach(
              host ->
                  problems.add(
                      ("%s names \"%s\", which is no host: give names such as api.mixpeek.com,"
                              + " without scheme and port, separated by commas, or nothing for"
                              + " that one and this machine.")
                          .formatted(name, host)));
      return hosts.isEmpty()
          ? AllowedHosts.STANDARD_AND_LOOPBACK
          : new AllowedHosts(Set.copyOf(hosts));
    }

    private String namespace(String name) {
      return checked(name, text(name), "or nothing for our own");
    }

    private String selector(String name) {
      String selector = text(name);
      if (!SELECTOR.matcher(selector).matches()) {
        problems.add(
            ("%s is \"%s\", which is no label selector: give one as for kubectl get namespaces -l,"
                    + " such as \"team=a\", \"team in (a, b)\" or \"!team\".")
                .formatted(name, selector));
      }
      return selector;
    }

    private String name(String name) {
      String value = text(name);
      if (!value.isEmpty() && !NAMESPACE.matcher(value).matches()) {
        problems.add(
            "%s is \"%s\": give a name of lower-case letters, digits and '-'."
                .formatted(name, value));
      }
      return value;
    }

    private String checked(String variable, String namespace, String how) {
      if (!namespace.isEmpty() && !NAMESPACE.matcher(namespace).matches()) {
        problems.add(
            ("%s names \"%s\", which is no namespace: give names of lower-case letters, digits and"
                    + " '-', %s.")
                .formatted(variable, namespace, how));
      }
      return namespace;
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
