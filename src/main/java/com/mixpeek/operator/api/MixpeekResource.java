package com.mixpeek.operator.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the operator's own kinds.
 *
 * @param <P> the spec type
 * @param <S> the status type
 */
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    getDescription = "Whether it is ready.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "When it was created.",
    type = AdditionalPrinterColumn.Type.DATE)
public abstract class MixpeekResource<P, S extends ReportedStatus> extends CustomResource<P, S>
    implements Namespaced {

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** No status until the operator reports one, so that "nothing is reported yet" can be told. */
  @Override
  protected S initStatus() {
    return null;
  }

  /**
   * Takes the metadata without the copy of the manifest that kubectl keeps in an annotation, which
   * nobody reads and which would double what a cache holds.
   */
  @Override
  public void setMetadata(ObjectMeta metadata) {
    if (metadata != null
        && metadata.getAnnotations() != null
        && metadata.getAnnotations().containsKey(LAST_APPLIED)) {
      // The map itself may be one that nobody changes.
      Map<String, String> others = new LinkedHashMap<>(metadata.getAnnotations());
      others.remove(LAST_APPLIED);
      metadata.setAnnotations(others.isEmpty() ? Map.of() : others);
    }
    super.setMetadata(metadata);
  }

  @Override
  @JsonDeserialize(using = Lenient.Deserializer.class)
  public void setStatus(S status) {
    super.setStatus(status);
  }

  /** The fields of which this version cannot read what they hold; such a resource is left alone. */
  public List<String> unreadable() {
    return getStatus() == null ? List.of() : paths("status", getStatus().unreadable());
  }

  /** The paths of the fields of spec or status. */
  static List<String> paths(String parent, List<String> fields) {
    return fields.stream().map(field -> field.isEmpty() ? parent : parent + "." + field).toList();
  }

  /** Sets the status, which is one of this kind's. */
  @SuppressWarnings("unchecked")
  public void report(ReportedStatus status) {
    setStatus((S) status);
  }

  /** The {@code Ready} condition, empty where none is reported. */
  public Optional<Condition> ready() {
    return Optional.ofNullable(getStatus()).flatMap(ReportedStatus::ready);
  }

  /** Whether {@code Ready} has that reason. */
  public boolean isReported(Reason reason) {
    return ready().map(Condition::getReason).filter(reason.name()::equals).isPresent();
  }

  /** Whether it has a status that says the same, so that there is nothing to write. */
  public boolean isReported(ReportedStatus status) {
    return ready().isPresent() && getStatus().isSame(status);
  }

  /** Whether another state of it has a status that says the same, or neither has one. */
  public boolean isReportedLike(MixpeekResource<?, ?> other) {
    return getStatus() == null ? other.getStatus() == null : getStatus().isSame(other.getStatus());
  }

  /** The ID that is reported, empty where none is. */
  public Optional<String> reportedId() {
    return Optional.ofNullable(getStatus()).map(ReportedStatus::id);
  }

  /** The value of a label, empty where it is absent. */
  public Optional<String> label(String key) {
    return value(getMetadata().getLabels(), key);
  }

  /** The value of an annotation, empty where it is absent. */
  public Optional<String> annotation(String key) {
    return value(getMetadata().getAnnotations(), key);
  }

  private static Optional<String> value(Map<String, String> values, String key) {
    return values == null ? Optional.empty() : Optional.ofNullable(values.get(key));
  }
}
