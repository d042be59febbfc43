package com.mixpeek.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.CollectionCloneStatus;
import com.mixpeek.operator.api.CollectionStatus;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each rule can be broken, and is then named. */
class StatusLinterTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final CollectionClone order = resource(new CollectionClone());
  private final Collection collection = resource(new Collection());

  @Test
  void everyReasonOfTheirKindPasses() {
    for (Reason reason : Reason.values()) {
      if (reason.ordinal() <= Reason.Suspended.ordinal()) {
        StatusLinter.check(order, null, cloneStatus(reason));
      } else if (reason.ordinal() <= Reason.Throttled.ordinal()) {
        StatusLinter.check(collection, null, collectionStatus(reason));
      }
    }
  }

  @Test
  void generations() {
    broken(s -> s.setObservedGeneration(1L), "observedGeneration is not metadata.generation 2");
    broken(s -> s.setObservedGeneration(null), "observedGeneration is not metadata.generation 2");
    broken(s -> ready(s).setObservedGeneration(1L), "Ready: observedGeneration is not");
    broken(s -> ready(s).setObservedGeneration(null), "Ready: observedGeneration is not");
  }

  @Test
  void conditions() {
    broken(s -> s.setConditions(null), "there is no condition Ready");
    broken(s -> s.setConditions(List.of()), "there is no condition Ready");
    broken(
        s -> s.setConditions(List.of(ready(s), ready(s))), "not sorted by type, or one is there");
    broken(
        s -> {
          List<Condition> more = new ArrayList<>(s.getConditions());
          more.add(0, Conditions.of(null, Reason.TargetExists, "It is.", 2L, NOW).get(1));
          s.setConditions(more);
        },
        "not sorted by type",
        "Stalled is there with reason Cloned");
  }

  @Test
  void reasons() {
    broken(s -> ready(s).setReason("Fine"), "not one of the documented: Fine");
    broken(s -> ready(s).setReason("Assigned"), "not one of this kind: Assigned");
    broken(s -> ready(s).setStatus("False"), "Ready is False with reason Cloned");
    broken(s -> ready(s).setReason("TargetExists"), "Stalled is absent with reason TargetExists");
    CollectionCloneStatus stalled = cloneStatus(Reason.TargetExists);
    stalled.getConditions().get(1).setStatus("False");
    stalled.getConditions().get(1).setMessage("Something else.");
    assertThat(StatusLinter.problems(order, null, stalled))
        .containsExactly("Stalled is there and not True", "Stalled and Ready do not say the same");
  }

  @Test
  void messages() {
    for (String amiss : List.of("", "no capital.", "No full stop", " A blank.", "A. B", "What..")) {
      broken(s -> ready(s).setMessage(amiss), "the message is not a full sentence");
    }
    broken(s -> ready(s).setMessage(null), "the message is not a full sentence");
    broken(
        s -> ready(s).setMessage("Failed: io.fabric8.KubernetesClientException."),
        "\"Exception\" is not for people");
    broken(s -> ready(s).setMessage("At com.mixpeek.operator."), "is not for people");
    broken(s -> ready(s).setMessage("The source  is there."), "something is missing");
    CollectionCloneStatus fine = cloneStatus(Reason.Cloned);
    ready(fine).setMessage("spec.suspend is true: nothing is made. Set it to false.");
    assertThat(StatusLinter.problems(order, null, fine)).isEmpty();
  }

  @Test
  void times() {
    for (String amiss : List.of("2026-01-01T00:00:00.5Z", "2026-01-01", "", "now")) {
      broken(s -> ready(s).setLastTransitionTime(amiss), "not RFC 3339 in seconds");
    }
    CollectionCloneStatus later = cloneStatus(Reason.Cloned);
    ready(later).setLastTransitionTime("2026-01-01T00:00:01Z");
    assertThat(StatusLinter.problems(order, cloneStatus(Reason.Cloned), later))
        .containsExactly("Ready: lastTransitionTime moved though the status did not");
    assertThat(StatusLinter.problems(order, cloneStatus(Reason.SourceNotFound), later))
        .doesNotContain("Ready: lastTransitionTime moved though the status did not");
  }

  @Test
  void whatClonedPromises() {
    broken(s -> s.id(null), "Ready is True and there is no ID");
    broken(s -> s.setTargetName(null), "Cloned, and one of", "there is an ID and no targetName");
    broken(s -> s.setSourceName(null), "Cloned, and one of");
    broken(s -> s.setOverriddenFields(null), "Cloned, and one of");
  }

  @Test
  void ids() {
    broken(s -> s.id("tax_a"), "the ID is not one of this kind: tax_a");
    broken(s -> s.id("col_a-b"), "the ID is not one of this kind: col_a-b");
    CollectionCloneStatus before = cloneStatus(Reason.Cloned);
    CollectionCloneStatus another = cloneStatus(Reason.Cloned);
    another.id("col_other");
    assertThat(StatusLinter.problems(order, before, another))
        .containsExactly("the ID was told, and is lost or another now: col_other");
    CollectionCloneStatus lost = cloneStatus(Reason.TargetMissing);
    lost.id(null);
    lost.setTargetName(null);
    assertThat(StatusLinter.problems(order, before, lost))
        .contains(
            "the ID was told, and is lost or another now: null",
            "targetName was told, and is lost or another now: null");
  }

  @Test
  void aFailureShowsTheStatus() {
    CollectionStatus status = collectionStatus(Reason.Assigned);
    status.id(null);
    assertThatThrownBy(() -> StatusLinter.check(collection, null, status))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Ready is True and there is no ID")
        .hasMessageContaining("reason: Assigned");
  }

  private void broken(Consumer<CollectionCloneStatus> how, String... problems) {
    CollectionCloneStatus status = cloneStatus(Reason.Cloned);
    how.accept(status);
    List<String> found = StatusLinter.problems(order, null, status);
    for (String problem : problems) {
      assertThat(found).anyMatch(f -> f.contains(problem));
    }
  }

  private static Condition ready(ReportedStatus status) {
    return status.getConditions().get(0);
  }

  private static CollectionCloneStatus cloneStatus(Reason reason) {
    CollectionCloneStatus status = new CollectionCloneStatus();
    status.setObservedGeneration(2L);
    status.setConditions(Conditions.of(null, reason, "It is so.", 2L, NOW));
    status.id("col_a1b2c3d4e5");
    status.setTargetName("target");
    status.setSourceName("source");
    status.setOverriddenFields(List.of());
    return status;
  }

  private static CollectionStatus collectionStatus(Reason reason) {
    CollectionStatus status = new CollectionStatus();
    status.setObservedGeneration(2L);
    status.setConditions(Conditions.of(null, reason, "It is so.", 2L, NOW));
    status.id("col_a1b2c3d4e5");
    return status;
  }

  private static <T extends CustomResource<?, ?>> T resource(T resource) {
    resource.getMetadata().setName("it");
    resource.getMetadata().setGeneration(2L);
    return resource;
  }
}
