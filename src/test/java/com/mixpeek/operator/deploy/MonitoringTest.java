package com.mixpeek.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.Program;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert rules and the dashboard: what they ask for is what the operator tells. */
class MonitoringTest {

  private static final Path FOLDER = StrictManifests.DEPLOY.resolve("monitoring");
  private static final JsonNode RULES = StrictManifests.read(FOLDER.resolve("rules.yaml")).get(0);
  private static final JsonNode DASHBOARD =
      StrictManifests.read(FOLDER.resolve("dashboard.json")).get(0);
  private static final List<String> CONTROLLERS =
      List.of("collection", "collectionclone", "taxonomy", "taxonomyclone", "connection");

  static Stream<String> expressions() {
    return Stream.of(RULES, DASHBOARD).flatMap(d -> d.findValuesAsText("expr").stream());
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void asksForKnownMetricsLabelsAndValues(String expression) {
    Promql query = Promql.parse(expression);
    assertThat(query.selectors()).isNotEmpty();
    Set<String> allLabels = new HashSet<>(KnownMetrics.OF_ALL);
    query
        .selectors()
        .forEach(
            (metric, uses) -> {
              assertThat(KnownMetrics.LABELS).containsKey(metric);
              Set<String> labels = new HashSet<>(KnownMetrics.OF_ALL);
              labels.addAll(KnownMetrics.LABELS.get(metric));
              allLabels.addAll(labels);
              uses.forEach(
                  matchers -> {
                    assertThat(labels).containsAll(matchers.keySet());
                    matchers.forEach((label, value) -> valueIsKnown(metric, label, value));
                  });
            });
    assertThat(allLabels).containsAll(query.grouping());
  }

  private static void valueIsKnown(String metric, String label, String value) {
    if (label.equals("reason")) {
      assertThat(reasonsOfMetric(metric)).containsAll(List.of(value.split("\\|")));
    }
    if (label.equals("controller_name")) {
      assertThat(CONTROLLERS).allMatch(Pattern.compile(value).asMatchPredicate());
    }
  }

  @Test
  void stalledAndWaitingAreTheContractsOwn() {
    assertThat(reasonsOf("MixpeekClonesStalled")).isEqualTo(cloneReasons(Reason::stalled));
    Set<String> waiting = cloneReasons(r -> !r.stalled() && !r.ready() && r != Reason.Suspended);
    waiting.remove("Unseen");
    assertThat(reasonsOf("MixpeekClonesWaiting")).isEqualTo(waiting);
    assertThat(reasonsOf("MixpeekResourcesStalled"))
        .isEqualTo(names(Reason.ofCatalog(), Reason::stalled));
  }

  @Test
  void everyAlertSaysHowGraveItIsAndWhatToDo() {
    assertThat(alerts())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            rule -> {
              assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
              assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
              assertThat(rule.at("/annotations/description").asText()).endsWith(".");
              assertThat(rule.path("for").asText()).matches("[0-9]+[mh]");
            });
  }

  @Test
  void promtoolAcceptsTheRulesAndTheirTestsPass() {
    Program promtool = Program.promtoolOrSkip("the check of the alert rules and their own tests");
    promtool.run("check", "rules", FOLDER.resolve("rules.yaml").toString()).ok();
    promtool.run("test", "rules", FOLDER.resolve("rules.test.yaml").toString()).ok();
  }

  @Test
  void everyAlertIsTestedSilentAndFiring() {
    JsonNode tests = StrictManifests.read(FOLDER.resolve("rules.test.yaml")).get(0);
    Map<Boolean, Set<String>> tested =
        tests.findValues("alert_rule_test").stream()
            .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
            .collect(
                Collectors.partitioningBy(
                    test -> test.has("exp_alerts"),
                    Collectors.mapping(
                        test -> test.path("alertname").asText(), Collectors.toSet())));
    Set<String> names =
        alerts().map(rule -> rule.path("alert").asText()).collect(Collectors.toSet());
    assertThat(tested).containsEntry(true, names).containsEntry(false, names);
  }

  @Test
  void thePrometheusRuleHoldsTheSameRules() {
    JsonNode wrapped =
        StrictManifests.read(FOLDER.resolve("prometheus-operator/prometheus-rule.yaml")).get(0);
    assertThat(wrapped.path("spec"))
        .as("prometheus-rule.yaml: run `make manifests` and commit the result")
        .isEqualTo(RULES);
  }

  @Test
  void theServiceMonitorSelectsTheService() {
    ServiceMonitor monitor =
        StrictManifests.one(
            FOLDER.resolve("prometheus-operator/service-monitor.yaml"), ServiceMonitor.class);
    Service service = StrictManifests.one(StrictManifests.INSTALL, Service.class);
    assertThat(service.getMetadata().getLabels())
        .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
    assertThat(monitor.getSpec().getEndpoints().get(0).getPort())
        .isEqualTo(service.getSpec().getPorts().get(0).getName());
  }

  @Test
  void panelsDoNotOverlapAndHaveTheirOwnIds() {
    Set<String> cells = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : DASHBOARD.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      JsonNode at = panel.path("gridPos");
      assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(cells.add(x + "/" + y)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
    assertThat(ids).isNotEmpty();
  }

  private static Stream<JsonNode> alerts() {
    return StreamSupport.stream(RULES.at("/groups/0/rules").spliterator(), false);
  }

  private static Set<String> reasonsOf(String alert) {
    return alerts()
        .filter(rule -> rule.path("alert").asText().equals(alert))
        .map(rule -> Promql.parse(rule.path("expr").asText()).selectors())
        .flatMap(selectors -> selectors.values().stream())
        .map(uses -> uses.get(0).get("reason"))
        .flatMap(value -> Stream.of(value.split("\\|")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> reasonsOfMetric(String metric) {
    return switch (metric) {
      case "mixpeek_connections" -> names(Reason.ofConnections(), r -> true);
      case "mixpeek_resources" -> names(Reason.ofCatalog(), r -> true);
      default -> cloneReasons(r -> true);
    };
  }

  private static Set<String> names(Set<Reason> reasons, Predicate<Reason> which) {
    return reasons.stream()
        .filter(which)
        .map(Reason::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The reasons of clones, and {@code Unseen} for those without one. */
  private static Set<String> cloneReasons(Predicate<Reason> which) {
    Set<String> names = names(Reason.ofClones(), which);
    if (which.test(Reason.SourceNotFound)) {
      names.add("Unseen");
    }
    return names;
  }
}
