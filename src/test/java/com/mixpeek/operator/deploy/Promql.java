package com.mixpeek.operator.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression refers to; enough of the grammar for the ones that we ship.
 *
 * @param selectors label matchers by metric, one list an occurrence
 * @param grouping the labels of all {@code by (…)} clauses
 */
record Promql(Map<String, List<Map<String, String>>> selectors, Set<String> grouping) {

  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("\\b([a-z_][a-z0-9_]*)\\b(?!\\s*\\(|\")(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"([^\"]*)\"");

  static Promql parse(String expression) {
    Set<String> grouping = new LinkedHashSet<>();
    Matcher by = GROUPING.matcher(expression);
    while (by.find()) {
      grouping.addAll(List.of(by.group(1).split(",\\s*")));
    }
    String rest = by.replaceAll("").replaceAll("\\[[^]]*]", "").replaceAll("\\b[0-9.]+\\b", "");
    Map<String, List<Map<String, String>>> selectors = new LinkedHashMap<>();
    Matcher selector = SELECTOR.matcher(rest);
    while (selector.find()) {
      Map<String, String> labels = new LinkedHashMap<>();
      if (selector.group(2) != null) {
        Matcher label = MATCHER.matcher(selector.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
      }
      selectors.computeIfAbsent(selector.group(1), name -> new ArrayList<>()).add(labels);
    }
    return new Promql(selectors, grouping);
  }
}
