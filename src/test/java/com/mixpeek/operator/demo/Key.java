package com.mixpeek.operator.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Which resource of the demo's namespace. */
record Key(String kind, String name) {

  /** What a clone's kind ends with, after the kind of what it makes. */
  static final String CLONE = "Clone";

  static Key of(HasMetadata resource) {
    return new Key(resource.getKind(), resource.getMetadata().getName());
  }

  /** What is cloned by this kind, of another name. */
  Key cataloged(String otherName) {
    return new Key(kind.substring(0, kind.length() - CLONE.length()), otherName);
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
