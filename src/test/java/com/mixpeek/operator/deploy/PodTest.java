package com.mixpeek.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.Settings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Deployment as it is installed: the restricted profile, probes, settings, what selects it. */
class PodTest {

  private final Deployment deployment =
      StrictManifests.one(StrictManifests.INSTALL, Deployment.class);
  private final PodSpec pod = deployment.getSpec().getTemplate().getSpec();
  private final Container container = pod.getContainers().get(0);

  @Test
  void obeysTheRestrictedProfile() {
    assertThat(pod.getContainers()).hasSize(1);
    assertThat(pod.getInitContainers()).isEmpty();
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getHostPID()).isNull();
    assertThat(pod.getHostIPC()).isNull();
    assertThat(pod.getVolumes()).allSatisfy(v -> assertThat(v.getEmptyDir()).isNotNull());
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    var security = container.getSecurityContext();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getPrivileged()).isNull();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(security.getCapabilities().getAdd()).isEmpty();
    assertThat(container.getPorts()).allSatisfy(p -> assertThat(p.getHostPort()).isNull());
  }

  @Test
  void theAccountsTokenIsForTheOperatorAlone() {
    ServiceAccount account = StrictManifests.one(StrictManifests.INSTALL, ServiceAccount.class);
    assertThat(account.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getServiceAccountName()).isEqualTo(account.getMetadata().getName());
    assertThat(pod.getAutomountServiceAccountToken()).isTrue();
    assertThat(pod.getEnableServiceLinks()).isFalse();
  }

  @Test
  void requestsAndLimits() {
    var resources = container.getResources();
    assertThat(resources.getRequests()).containsOnlyKeys("cpu", "memory");
    assertThat(resources.getLimits()).containsOnlyKeys("memory");
    assertThat(bytes(resources.getRequests().get("memory")))
        .isLessThanOrEqualTo(bytes(resources.getLimits().get("memory")));
    assertThat(pod.getVolumes())
        .allSatisfy(v -> assertThat(v.getEmptyDir().getSizeLimit()).isNotNull());
  }

  @Test
  void probesAskTheOnePort() {
    assertThat(container.getPorts()).hasSize(1);
    assertThat(container.getPorts().get(0).getName()).isEqualTo("http");
    var probes =
        Map.of(
            "startup", container.getStartupProbe(),
            "liveness", container.getLivenessProbe(),
            "readiness", container.getReadinessProbe());
    probes.forEach(
        (name, probe) -> {
          assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
          assertThat(probe.getHttpGet().getPath())
              .isEqualTo(name.equals("readiness") ? "/readyz" : "/livez");
        });
  }

  @Test
  void twoReplicasElectALeaderInTheirOwnNamespace() {
    Map<String, EnvVar> settings =
        container.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, Function.identity()));
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
    assertThat(settings)
        .containsOnlyKeys(
            "MIXPEEK_LOG_LEVEL",
            "MIXPEEK_LOG_FORMAT",
            "MIXPEEK_HTTP_PORT",
            "MIXPEEK_LEADER_ELECTION",
            "MIXPEEK_LEASE_NAMESPACE",
            "MIXPEEK_IDENTITY");
    assertThat(settings.get("MIXPEEK_LEADER_ELECTION").getValue()).isEqualTo("true");
    assertThat(settings.get("MIXPEEK_HTTP_PORT").getValue())
        .isEqualTo(container.getPorts().get(0).getContainerPort().toString());
    assertThat(field(settings.get("MIXPEEK_LEASE_NAMESPACE"))).isEqualTo("metadata.namespace");
    assertThat(field(settings.get("MIXPEEK_IDENTITY"))).isEqualTo("metadata.name");
  }

  @Test
  void stopsWellInsideItsGracePeriod() {
    assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(2 * 12);
    var rolling = deployment.getSpec().getStrategy().getRollingUpdate();
    assertThat(rolling.getMaxUnavailable().getIntVal()).isZero();
  }

  @Test
  void whatSelectsItSelectsIt() {
    Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
    Service service = StrictManifests.one(StrictManifests.INSTALL, Service.class);
    PodDisruptionBudget budget =
        StrictManifests.one(StrictManifests.INSTALL, PodDisruptionBudget.class);
    List<Map<String, String>> selectors =
        List.of(
            deployment.getSpec().getSelector().getMatchLabels(),
            service.getSpec().getSelector(),
            budget.getSpec().getSelector().getMatchLabels(),
            pod.getTopologySpreadConstraints().get(0).getLabelSelector().getMatchLabels());
    assertThat(selectors).allSatisfy(s -> assertThat(labels).isNotEmpty().containsAllEntriesOf(s));
    assertThat(service.getSpec().getPorts().get(0).getTargetPort().getStrVal()).isEqualTo("http");
    assertThat(pod.getTopologySpreadConstraints())
        .allSatisfy(c -> assertThat(c.getWhenUnsatisfiable()).isEqualTo("ScheduleAnyway"));
  }

  @Test
  void theOperatorKnowsEverySetting() {
    Map<String, String> environment =
        container.getEnv().stream()
            .collect(
                Collectors.toMap(
                    EnvVar::getName, v -> v.getValue() == null ? "from-the-pod" : v.getValue()));
    Settings settings = Settings.from(environment);
    assertThat(settings.leaderElection()).isTrue();
    assertThat(settings.namespaces()).isEmpty();
    assertThat(settings.logFormat()).isEqualTo("json");
    assertThat(settings.httpPort()).isEqualTo(container.getPorts().get(0).getContainerPort());
  }

  private static String field(EnvVar variable) {
    return variable.getValueFrom().getFieldRef().getFieldPath();
  }

  private static long bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity).longValueExact();
  }
}
