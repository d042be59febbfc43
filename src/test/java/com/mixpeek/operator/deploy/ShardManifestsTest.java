package com.mixpeek.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Settings;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.RealServer;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The overlay of three shards: every namespace has one of them, and each stands by itself. */
class ShardManifestsTest {

  private static final String KEY = "sharding.mixpeek.com/key";
  private static final String SHARD = "sharding.mixpeek.com/shard";

  private static final Pattern REQUIREMENT =
      Pattern.compile("(\\S+?)(?:=| (in|notin) \\()([^()]*)\\)?");

  private static List<HasMetadata> rendered;

  /** By the name of each shard its selector. */
  private static Map<String, String> selectors;

  ShardManifestsTest() {
    if (rendered == null) {
      Program kubectl = Program.kubectlOrSkip("the overlay of three shards");
      rendered =
          StrictManifests.documents(kubectl.run("kustomize", "deploy/overlays/shards").ok())
              .stream()
              .filter(StrictManifests::known)
              .map(StrictManifests::parse)
              .toList();
      selectors = new LinkedHashMap<>();
      all(Deployment.class)
          .map(ShardManifestsTest::settings)
          .forEach(s -> selectors.put(s.shard(), s.namespaceSelector()));
    }
  }

  private static <T> Stream<T> all(Class<T> type) {
    return rendered.stream().filter(type::isInstance).map(type::cast);
  }

  /** The settings as the operator reads them in a pod of the Deployment. */
  private static Settings settings(Deployment deployment) {
    Map<String, String> environment = new HashMap<>();
    for (EnvVar variable :
        deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv()) {
      environment.put(
          variable.getName(), Objects.requireNonNullElse(variable.getValue(), "from-the-pod"));
    }
    return Settings.from(environment);
  }

  @Test
  void thereAreThreeAndEachElectsItsOwnLeader() {
    assertThat(selectors).containsOnlyKeys("one", "two", "rest");
    all(Deployment.class)
        .forEach(
            deployment -> {
              Settings settings = settings(deployment);
              String name = "mixpeek-operator-" + settings.shard();
              assertThat(settings.leaderElection()).isTrue();
              assertThat(deployment.getMetadata().getName()).isEqualTo(name);
              assertThat(deployment.getSpec().getTemplate().getSpec().getServiceAccountName())
                  .isEqualTo(name);
              Role lease =
                  all(Role.class)
                      .filter(r -> r.getMetadata().getName().endsWith("-" + settings.shard()))
                      .findFirst()
                      .orElseThrow();
              assertThat(lease.getRules().get(0).getResourceNames()).containsExactly(name);
            });
  }

  @Test
  void noShardSelectsPodsOfAnother() {
    Set<Map<String, String>> pods =
        all(Deployment.class)
            .map(d -> d.getSpec().getTemplate().getMetadata().getLabels())
            .collect(Collectors.toSet());
    Stream.of(
            all(Deployment.class).map(d -> d.getSpec().getSelector().getMatchLabels()),
            all(Service.class).map(s -> s.getSpec().getSelector()),
            all(PodDisruptionBudget.class).map(b -> b.getSpec().getSelector().getMatchLabels()))
        .forEach(
            which ->
                assertThat(which)
                    .hasSize(3)
                    .allSatisfy(
                        selector ->
                            assertThat(pods)
                                .filteredOn(p -> p.entrySet().containsAll(selector.entrySet()))
                                .hasSize(1)));
  }

  @Test
  void eachAccountHasTheRolesOfAShard() {
    assertThat(all(ClusterRoleBinding.class))
        .extracting(b -> b.getRoleRef().getName())
        .containsExactlyInAnyOrder("mixpeek-operator", "mixpeek-operator-namespaces");
    assertThat(all(ClusterRoleBinding.class))
        .allSatisfy(
            binding ->
                assertThat(binding.getSubjects())
                    .extracting(s -> s.getNamespace() + "/" + s.getName())
                    .containsExactlyInAnyOrder(
                        "mixpeek-system/mixpeek-operator-one",
                        "mixpeek-system/mixpeek-operator-two",
                        "mixpeek-system/mixpeek-operator-rest"));
  }

  @Property
  void everyNamespaceHasExactlyOneShard(@ForAll("labels") Map<String, String> labels) {
    assertThat(selectors.values()).filteredOn(s -> selects(s, labels)).hasSize(1);
  }

  @Provide
  Arbitrary<Map<String, String>> labels() {
    Arbitrary<String> keys =
        Arbitraries.oneOf(
            Arbitraries.of(KEY, SHARD, "kubernetes.io/metadata.name"),
            Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of("one", "two", "rest", "", "One", "three"),
            Arbitraries.strings().alpha().numeric().ofMaxLength(8));
    return Arbitraries.maps(keys, values).ofMaxSize(4);
  }

  /** What a selector of the forms that the overlay uses means to an API server. */
  private static boolean selects(String selector, Map<String, String> labels) {
    Matcher requirement = REQUIREMENT.matcher(selector);
    assertThat(requirement.matches()).as(selector).isTrue();
    String value = labels.get(requirement.group(1));
    boolean listed = value != null && List.of(requirement.group(3).split(", ")).contains(value);
    return "notin".equals(requirement.group(2)) != listed;
  }

  @Test
  void aRealServerSelectsTheSame() {
    ApiServer server = RealServer.orSkip("the shards' selectors on a real API server");
    String mark = "shards-" + UUID.randomUUID().toString().substring(0, 8);
    try (KubernetesClient client = server.client()) {
      Stream.of("one", "two", "rest", "three", "", "One", "-")
          .forEach(
              value -> {
                Map<String, String> labels = new HashMap<>(Map.of("mark", mark));
                labels.compute(KEY, (key, none) -> value.equals("-") ? null : value);
                client
                    .resource(
                        new NamespaceBuilder()
                            .withNewMetadata()
                            .withGenerateName(mark + "-")
                            .withLabels(labels)
                            .endMetadata()
                            .build())
                    .create();
              });
      var ours = client.namespaces().withLabel("mark", mark);
      assertThat(ours.list().getItems())
          .hasSize(7)
          .allSatisfy(
              namespace ->
                  selectors.forEach(
                      (shard, selector) ->
                          assertThat(
                                  client.namespaces().withLabelSelector(selector).list().getItems())
                              .as(shard)
                              .filteredOn(n -> n.getMetadata().equals(namespace.getMetadata()))
                              .hasSize(
                                  selects(selector, namespace.getMetadata().getLabels()) ? 1 : 0)));
      ours.delete();
    }
  }

  @Test
  void aRealServerAcceptsTheOverlay() {
    ApiServer server = RealServer.orSkip("the overlay of three shards on a real API server");
    Assumptions.assumeTrue(rendered.size() > 10);
    try (KubernetesClient client = server.client()) {
      var namespace =
          new NamespaceBuilder().withNewMetadata().withName("mixpeek-shards").endMetadata().build();
      client.resource(namespace).serverSideApply();
      // Not the one that other tests install into, as it takes a while to go.
      List<HasMetadata> elsewhere = rendered.stream().map(Serialization::clone).toList();
      elsewhere.stream()
          .filter(document -> document.getMetadata().getNamespace() != null)
          .forEach(document -> document.getMetadata().setNamespace("mixpeek-shards"));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(elsewhere)
                      .allSatisfy(
                          d -> client.resource(d).dryRun(true).forceConflicts().serverSideApply()));
      client.resource(namespace).delete();
    }
  }
}
