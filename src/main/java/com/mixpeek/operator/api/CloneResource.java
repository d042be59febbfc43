package com.mixpeek.operator.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import java.util.ArrayList;
import java.util.List;

/** An order for one new Collection or Taxonomy made from an existing one. */
@AdditionalPrinterColumn(
    name = "Source",
    jsonPath = ".spec.sourceRef.*",
    getDescription = "The source, as it is named.")
@AdditionalPrinterColumn(
    name = "Target",
    jsonPath = ".status.targetName",
    getDescription = "The resource that was made.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    getDescription = "Why it is ready or not.")
public abstract class CloneResource<S extends CloneStatus> extends MixpeekResource<CloneSpec, S> {

  @Override
  protected CloneSpec initSpec() {
    return new CloneSpec();
  }

  @Override
  @JsonDeserialize(using = Lenient.Deserializer.class)
  public void setSpec(CloneSpec spec) {
    super.setSpec(spec);
  }

  @Override
  public List<String> unreadable() {
    List<String> fields = new ArrayList<>(super.unreadable());
    if (getSpec() == null) {
      fields.add("spec");
      return fields;
    }
    fields.addAll(paths("spec", getSpec().unreadable()));
    if (fields.isEmpty() && !getSpec().hasSourceRef()) {
      fields.add("spec.sourceRef");
    }
    if (fields.isEmpty() && !getSpec().hasOverrides()) {
      fields.add("spec.overrides");
    }
    return fields;
  }

  /** {@code metadata.name} of what is to be made: {@code spec.targetName}, or the clone's own. */
  public String targetName() {
    String name = getSpec().getTargetName();
    return name == null || name.isEmpty() ? getMetadata().getName() : name;
  }

  /** Whether the clone has reported a target; from then on its spec is frozen. */
  public boolean hasTarget() {
    return getStatus() != null && getStatus().getTargetName() != null;
  }
}
