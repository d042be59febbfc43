package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.generator.annotation.Default;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What all kinds report: which generation is spoken of, conditions, and an ID once known. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public abstract class ReportedStatus extends Lenient {

  private static final ObjectMapper JSON = StoredJson.mapper();

  @Default("-1")
  @JsonPropertyDescription(
      "The metadata.generation that this status speaks of; -1 until the operator has seen the"
          + " resource.")
  private Long observedGeneration;

  @JsonPropertyDescription(
      "The latest observations: Ready always, Stalled only while nothing changes until a person"
          + " acts.")
  private List<Condition> conditions;

  private String id;

  /**
   * What a newer version wrote here and this one does not know: kept when the status is written.
   */
  private Map<String, Object> unknown = Map.of();

  /** The ID: a Collection's or Taxonomy's own, or that of what a clone made; null until known. */
  public String id() {
    return id;
  }

  public void id(String id) {
    this.id = id;
  }

  /** Whether another one, which may be null, says the same in every field. */
  public boolean isSame(ReportedStatus other) {
    // Most that differ do so in what is compared first, which costs next to nothing.
    return other != null
        && Objects.equals(observedGeneration, other.observedGeneration)
        && Objects.equals(id, other.id)
        && Objects.equals(conditions, other.conditions)
        && JSON.valueToTree(this).equals(JSON.valueToTree(other));
  }

  /** The {@code Ready} condition, empty where there is none. */
  public Optional<Condition> ready() {
    return condition(Conditions.READY);
  }

  /** The condition of that type, empty where there is none. */
  public Optional<Condition> condition(String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
  }

  public Long getObservedGeneration() {
    return observedGeneration;
  }

  public void setObservedGeneration(Long observedGeneration) {
    this.observedGeneration = observedGeneration;
  }

  public List<Condition> getConditions() {
    return conditions;
  }

  public void setConditions(List<Condition> conditions) {
    this.conditions = conditions;
  }

  @JsonAnyGetter
  public Map<String, Object> unknown() {
    return unknown;
  }

  @JsonAnySetter
  public void unknown(String name, Object value) {
    if (unknown.isEmpty()) {
      unknown = new LinkedHashMap<>();
    }
    unknown.put(name, value);
  }
}
