package com.mixpeek.operator.api;

/** CEL rules of both clones: once {@code status.targetName} is there, the order is frozen. */
final class CloneRules {

  private static final String OPEN = "!has(oldSelf.status) || !has(oldSelf.status.targetName) || ";

  /** Between the field and what to do instead. */
  static final String FROZEN = " is frozen once the clone has made its target: ";

  static final String FREEZE_SOURCE_REF = OPEN + "self.spec.sourceRef == oldSelf.spec.sourceRef";

  static final String FREEZE_OVERRIDES = OPEN + "self.spec.overrides == oldSelf.spec.overrides";

  static final String FREEZE_TARGET_NAME =
      OPEN
          + "(has(self.spec.targetName) == has(oldSelf.spec.targetName) &&"
          + " (!has(self.spec.targetName) || self.spec.targetName == oldSelf.spec.targetName))";

  static final String FREEZE_TARGET_METADATA =
      OPEN
          + "(has(self.spec.targetMetadata) == has(oldSelf.spec.targetMetadata) &&"
          + " (!has(self.spec.targetMetadata) ||"
          + " self.spec.targetMetadata == oldSelf.spec.targetMetadata))";

  static final String IMMUTABLE_CONNECTION_REF =
      "has(self.spec.connectionRef) == has(oldSelf.spec.connectionRef) &&"
          + " (!has(self.spec.connectionRef) ||"
          + " self.spec.connectionRef == oldSelf.spec.connectionRef)";

  private CloneRules() {}
}
