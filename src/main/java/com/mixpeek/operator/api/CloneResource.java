package com.mixpeek.operator.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;

/**
 * An order for one new Collection or Taxonomy made from an existing one.
 *
 * @param <S> the status type
 */
public abstract class CloneResource<S extends CloneStatus> extends CustomResource<CloneSpec, S>
    implements Namespaced {

  @Override
  protected CloneSpec initSpec() {
    return new CloneSpec();
  }

  @Override
  protected S initStatus() {
    return null;
  }

  /** {@code metadata.name} of what is to be made: {@code spec.targetName}, or the clone's own. */
  public String targetName() {
    String name = getSpec().getTargetName();
    return name == null || name.isEmpty() ? getMetadata().getName() : name;
  }
}
