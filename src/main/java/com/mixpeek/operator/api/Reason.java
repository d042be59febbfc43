package com.mixpeek.operator.api;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Why a resource's {@code Ready} condition has its status: one documented word of a closed set.
 *
 * <p>The first group is said of a clone, and {@code NameConflict} of a Collection or Taxonomy too;
 * the second of a Collection or Taxonomy, of which those from {@code Creating} on only where it
 * stands for something at Mixpeek, the third of a Connection.
 */
public enum Reason {
  Cloned(true, false),
  SourceNotFound(false, false),
  SourceNotReady(false, false),
  TargetPending(false, false),
  NameConflict(false, true),
  TargetExists(false, true),
  InvalidOverrides(false, true),
  TargetMissing(false, true),
  CreateRefused(false, false),
  Suspended(false, false),

  Assigned(true, false),
  DuplicateName(false, true),
  DuplicateId(false, true),
  InvalidConfig(false, true),
  ReferenceNotFound(false, false),
  ReferenceNotReady(false, false),
  ReferenceCycle(false, true),
  Creating(false, false),
  ConnectionNotReady(false, false),
  Refused(false, true),
  QuotaExceeded(false, false),
  RemoteMissing(false, true),
  Throttled(false, false),

  Connected(true, false),
  SecretNotFound(false, false),
  Unauthorized(false, false),
  Forbidden(false, false),
  NamespaceNotFound(false, false),
  Unreachable(false, false),
  BaseUrlNotAllowed(false, true);

  private final boolean ready;
  private final boolean stalled;

  Reason(boolean ready, boolean stalled) {
    this.ready = ready;
    this.stalled = stalled;
  }

  /** Those that are said of a clone. */
  public static Set<Reason> ofClones() {
    return EnumSet.range(Cloned, Suspended);
  }

  /** Those that are said of a Collection or Taxonomy. */
  public static Set<Reason> ofCatalog() {
    Set<Reason> reasons = EnumSet.range(Assigned, Throttled);
    reasons.add(NameConflict);
    return reasons;
  }

  /** Those that are said of a Connection. */
  public static Set<Reason> ofConnections() {
    return EnumSet.range(Connected, BaseUrlNotAllowed);
  }

  /** The reason of that name, empty for one that only a newer operator knows. */
  public static Optional<Reason> named(String name) {
    return Arrays.stream(values()).filter(reason -> reason.name().equals(name)).findFirst();
  }

  /** Whether {@code Ready} is True with this reason. */
  public boolean ready() {
    return ready;
  }

  /** Whether nothing changes until a person acts, so that {@code Stalled} is True as well. */
  public boolean stalled() {
    return stalled;
  }
}
