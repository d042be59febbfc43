package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/**
 * What becomes of the target when its clone is deleted, or of what is at Mixpeek when the resource
 * is that stands for it.
 */
public enum DeletionPolicy {
  /** It stays. Also how a policy that this version does not know is read: nothing is lost. */
  @JsonEnumDefaultValue
  Retain,
  /** It goes: the target through an owner reference, what is at Mixpeek through a finalizer. */
  Delete
}
