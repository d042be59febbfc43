package com.mixpeek.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mixpeek.operator.remote.AllowedHosts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class SettingsTest {

  @Test
  void whoSetsNothingGetsTheDefaults() {
    assertThat(Settings.from(Map.of("PATH", "/bin", "HOME", "")))
        .isEqualTo(Settings.defaults())
        .isEqualTo(
            new Settings(
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
                ""));
  }

  @Test
  void anEmptyValueIsNone() {
    Map<String, String> empty =
        Map.of("MIXPEEK_NAMESPACES", " ", "MIXPEEK_CONCURRENCY", "", "MIXPEEK_LOG_LEVEL", " ");
    assertThat(Settings.from(empty)).isEqualTo(Settings.defaults());
  }

  @Test
  void eachVariableIsRead() {
    Settings settings =
        Settings.from(
            Map.of(
                "MIXPEEK_NAMESPACES", "b, a,,b,x-1 ",
                "MIXPEEK_CONCURRENCY", " 25 ",
                "MIXPEEK_LOG_LEVEL", "debug",
                "MIXPEEK_LOG_FORMAT", "JSON",
                "MIXPEEK_HTTP_PORT", "8080",
                "MIXPEEK_LEADER_ELECTION", "True",
                "MIXPEEK_LEASE_NAMESPACE", "system",
                "MIXPEEK_IDENTITY", "pod-1"));

    assertThat(settings.namespaces()).containsExactlyInAnyOrder("a", "b", "x-1");
    assertThat(settings.concurrency()).isEqualTo(25);
    assertThat(settings.logLevel()).isEqualTo(Level.DEBUG);
    assertThat(settings.logFormat()).isEqualTo("json");
    assertThat(settings.httpPort()).isEqualTo(8080);
    assertThat(settings.leaderElection()).isTrue();
    assertThat(settings.leaseNamespace()).isEqualTo("system");
    assertThat(settings.identity()).isEqualTo("pod-1");
  }

  /** As templates make it of names that are all left empty: not all namespaces are meant. */
  @Test
  void commasAloneNameNothing() {
    refused(
        Map.of("MIXPEEK_NAMESPACES", " , "),
        "MIXPEEK_NAMESPACES names \",\", which is no namespace: give names of lower-case letters,"
            + " digits and '-', separated by commas, or nothing for all.");
    refused(
        Map.of("MIXPEEK_ALLOWED_HOSTS", ",,"),
        "MIXPEEK_ALLOWED_HOSTS names \",,\", which is no host: give names such as"
            + " api.mixpeek.com, without scheme and port, separated by commas, or nothing for that"
            + " one and this machine.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MIXPEEK_LOG_FORMAT|xml|MIXPEEK_LOG_FORMAT is \"xml\": give one of text, json.",
        "MIXPEEK_HTTP_PORT|0|MIXPEEK_HTTP_PORT is \"0\": give a number from 1 to 65535.",
        "MIXPEEK_LEADER_ELECTION|yes|MIXPEEK_LEADER_ELECTION is \"yes\": give one of true, false."
      })
  void otherBadValues(String name, String value, String sentence) {
    refused(Map.of(name, value), sentence);
  }

  @Test
  void aSettingThatIsNoneIsNotTakenForWhatKubernetesAdds() {
    assertThatThrownBy(() -> Settings.from(Map.of("MIXPEEK_HTP_PORT", "8080")))
        .hasMessageStartingWith("MIXPEEK_HTP_PORT is not a setting");
  }

  @Test
  void theKeyOfTheCommandLineIsPassedOver() {
    assertThat(Settings.from(Map.of("MIXPEEK_API_KEY", "sk_1"))).isEqualTo(Settings.defaults());
  }

  @Test
  void whatKubernetesAddsForAServiceOfOursIsPassedOver() {
    Map<String, String> links =
        Map.of(
            "MIXPEEK_OPERATOR_SERVICE_HOST", "10.0.0.7",
            "MIXPEEK_OPERATOR_SERVICE_PORT_HTTP", "8080",
            "MIXPEEK_OPERATOR_PORT", "tcp://10.0.0.7:8080",
            "MIXPEEK_OPERATOR_PORT_8080_TCP_ADDR", "10.0.0.7");
    assertThat(Settings.from(links)).isEqualTo(Settings.defaults());
  }

  @ParameterizedTest
  @CsvSource({"1", "100"})
  void concurrencyHasTheseBounds(int number) {
    assertThat(Settings.from(Map.of("MIXPEEK_CONCURRENCY", "" + number)).concurrency())
        .isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "ten", "1.5", "99999999999"})
  void badConcurrency(String value) {
    refused(
        Map.of("MIXPEEK_CONCURRENCY", value),
        "MIXPEEK_CONCURRENCY is \"" + value + "\": give a number from 1 to 100.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Big", "a_b", "-a", "a.b", "a b", "*"})
  void badNamespace(String value) {
    refused(
        Map.of("MIXPEEK_NAMESPACES", "good," + value),
        "MIXPEEK_NAMESPACES names \""
            + value
            + "\", which is no namespace: give names of lower-case letters, digits and '-',"
            + " separated by commas, or nothing for all.");
  }

  @Test
  void aNamespaceHasAtMost63Letters() {
    String longest = "a".repeat(63);
    assertThat(Settings.from(Map.of("MIXPEEK_NAMESPACES", longest)).namespaces())
        .containsExactly(longest);
    assertThatThrownBy(() -> Settings.from(Map.of("MIXPEEK_NAMESPACES", longest + "a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team=a",
        "team == a",
        "team!=a",
        "team=",
        "team",
        "!team",
        "team in (a, b)",
        "sharding.mixpeek.com/key notin (one,two),!off, kubernetes.io/metadata.name!=kube-system"
      })
  void aLabelSelector(String selector) {
    assertThat(Settings.from(Map.of("MIXPEEK_NAMESPACE_SELECTOR", selector)).namespaceSelector())
        .isEqualTo(selector);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=a", "team=a=b", "team in a", "team in (a", "team a", "a,,b", "!", "_a", "a&b"})
  void badLabelSelector(String selector) {
    refused(
        Map.of("MIXPEEK_NAMESPACE_SELECTOR", selector),
        "MIXPEEK_NAMESPACE_SELECTOR is \""
            + selector
            + "\", which is no label selector: give one as for kubectl get namespaces -l, such as"
            + " \"team=a\", \"team in (a, b)\" or \"!team\".");
  }

  @Test
  void aSelectorAndAListAreOneTooMany() {
    refused(
        Map.of("MIXPEEK_NAMESPACE_SELECTOR", "team=a", "MIXPEEK_NAMESPACES", "a"),
        "MIXPEEK_NAMESPACES and MIXPEEK_NAMESPACE_SELECTOR both say what to watch: give one.");
  }

  @Test
  void shardsThatElectALeaderHaveNames() {
    Map<String, String> selects =
        Map.of("MIXPEEK_NAMESPACE_SELECTOR", "team=a", "MIXPEEK_LEADER_ELECTION", "true");
    refused(
        selects,
        "MIXPEEK_NAMESPACE_SELECTOR needs a MIXPEEK_SHARD beside it, as each shard elects its own"
            + " leader: give each a name of its own.");
    Map<String, String> named = new HashMap<>(selects);
    named.put("MIXPEEK_SHARD", "team-a");
    assertThat(Settings.from(named).shard()).isEqualTo("team-a");
  }

  @Test
  void badShard() {
    refused(
        Map.of("MIXPEEK_SHARD", "Team A"),
        "MIXPEEK_SHARD is \"Team A\": give a name of lower-case letters, digits and '-'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verbose", "OFF", "ALL", "7"})
  void badLogLevel(String value) {
    refused(
        Map.of("MIXPEEK_LOG_LEVEL", value),
        "MIXPEEK_LOG_LEVEL is \"" + value + "\": give one of ERROR, WARN, INFO, DEBUG, TRACE.");
  }

  @Test
  void anUnknownVariableOfOurs() {
    refused(
        Map.of("MIXPEEK_NAMESPACE", "production"),
        "MIXPEEK_NAMESPACE is not a setting: the settings are MIXPEEK_ALLOWED_HOSTS, MIXPEEK_API_TIMEOUT, MIXPEEK_CONCURRENCY,"
            + " MIXPEEK_HTTP_PORT, MIXPEEK_IDENTITY, MIXPEEK_LEADER_ELECTION,"
            + " MIXPEEK_LEASE_NAMESPACE, MIXPEEK_LOG_FORMAT, MIXPEEK_LOG_LEVEL,"
            + " MIXPEEK_NAMESPACES, MIXPEEK_NAMESPACE_SELECTOR, MIXPEEK_SHARD.");
  }

  @Test
  void allProblemsAreSaidAtOnceEachInItsLine() {
    assertThatThrownBy(
            () ->
                Settings.from(
                    Map.of(
                        "MIXPEEK_B", "",
                        "MIXPEEK_A", "",
                        "MIXPEEK_NAMESPACES", "A,B",
                        "MIXPEEK_CONCURRENCY", "x",
                        "MIXPEEK_LOG_LEVEL", "x")))
        .extracting(e -> e.getMessage().lines().map(l -> l.split(" ")[0]).toList())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(
            "MIXPEEK_A",
            "MIXPEEK_B",
            "MIXPEEK_NAMESPACES",
            "MIXPEEK_NAMESPACES",
            "MIXPEEK_CONCURRENCY",
            "MIXPEEK_LOG_LEVEL");
  }

  private static void refused(Map<String, String> environment, String sentence) {
    assertThatThrownBy(() -> Settings.from(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
