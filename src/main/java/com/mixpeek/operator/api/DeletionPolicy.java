package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What becomes of the target when its clone is deleted. */
public enum DeletionPolicy {
  /** It stays. Also how a policy that this version does not know is read: nothing is lost. */
  @JsonEnumDefaultValue
  Retain,
  /** The cluster removes it with the clone, through an owner reference. */
  Delete
}
