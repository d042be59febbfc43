package com.mixpeek.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;

/**
 * Every setting of the operator, each an environment variable.
 *
 * @param namespaces the namespaces to watch; empty for all
 * @param concurrency how many resources are worked on at once, 1 to 100
 * @param logLevel the least severe level that is logged
 */
public record Settings(Set<String> namespaces, int concurrency, Level logLevel) {

  static final String NAMESPACES = "MIXPEEK_NAMESPACES";
  static final String CONCURRENCY = "MIXPEEK_CONCURRENCY";
  static final String LOG_LEVEL = "MIXPEEK_LOG_LEVEL";

  private static final String PREFIX = "MIXPEEK_";
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final int MOST_CONCURRENCY = 100;
  private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  /** The settings of someone who set nothing. */
  public static Settings defaults() {
    return new Settings(Set.of(), 10, Level.INFO);
  }

  /**
   * Reads the settings.
   *
   * @param environment variables by name; others than the operator's are passed over
   * @throws IllegalArgumentException with one sentence for each bad value or unknown variable
   */
  public static Settings from(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .filter(name -> !Set.of(NAMESPACES, CONCURRENCY, LOG_LEVEL).contains(name))
        .sorted()
        .forEach(
            name ->
                problems.add(
                    "%s is not a setting: the settings are %s, %s and %s."
                        .formatted(name, NAMESPACES, CONCURRENCY, LOG_LEVEL)));
    Settings settings =
        new Settings(
            namespaces(environment.getOrDefault(NAMESPACES, ""), problems),
            concurrency(environment.getOrDefault(CONCURRENCY, ""), problems),
            level(environment.getOrDefault(LOG_LEVEL, ""), problems));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return settings;
  }

  private static Set<String> namespaces(String value, List<String> problems) {
    Set<String> names = new LinkedHashSet<>();
    Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(n -> !n.isEmpty())
        .forEach(names::add);
    names.stream()
        .filter(name -> !NAMESPACE.matcher(name).matches())
        .forEach(
            name ->
                problems.add(
                    ("%s names \"%s\", which is no namespace: give names of lower-case letters,"
                            + " digits and '-', separated by commas, or nothing for all.")
                        .formatted(NAMESPACES, name)));
    return names;
  }

  private static int concurrency(String value, List<String> problems) {
    if (value.isBlank()) {
      return defaults().concurrency();
    }
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= 1 && number <= MOST_CONCURRENCY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    problems.add(
        "%s is \"%s\": give a number from 1 to %d."
            .formatted(CONCURRENCY, value, MOST_CONCURRENCY));
    return defaults().concurrency();
  }

  private static Level level(String value, List<String> problems) {
    if (value.isBlank()) {
      return defaults().logLevel();
    }
    String name = value.strip().toUpperCase(Locale.ROOT);
    if (LEVELS.contains(name)) {
      return Level.valueOf(name);
    }
    problems.add(
        "%s is \"%s\": give one of %s.".formatted(LOG_LEVEL, value, String.join(", ", LEVELS)));
    return defaults().logLevel();
  }
}
