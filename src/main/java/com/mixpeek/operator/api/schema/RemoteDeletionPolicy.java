package com.mixpeek.operator.api.schema;

/** What becomes of what is at Mixpeek when the resource is deleted that stands for it. */
public enum RemoteDeletionPolicy {
  Retain,
  Delete
}
