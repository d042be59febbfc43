package com.mixpeek.operator.api;

/**
 * An order for one new Collection or Taxonomy made from an existing one.
 *
 * @param <S> the status type
 */
public abstract class CloneResource<S extends CloneStatus> extends MixpeekResource<CloneSpec, S> {

  @Override
  protected CloneSpec initSpec() {
    return new CloneSpec();
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
