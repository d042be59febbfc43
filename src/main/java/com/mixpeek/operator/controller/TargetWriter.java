package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.Messages;
import com.mixpeek.operator.clone.Overlay;
import com.mixpeek.operator.clone.Ownership;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.clone.Verdict.Blocked;
import com.mixpeek.operator.clone.Verdict.Create;
import com.mixpeek.operator.clone.Verdict.HasTarget;
import com.mixpeek.operator.clone.Verdict.Unchanged;
import com.mixpeek.operator.cluster.ResourceWriter;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes targets: creates them, and keeps their mark and owner as the clone says. */
final class TargetWriter<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int INVALID = 422;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final List<Integer> AWAY = List.of(0, TOO_MANY_REQUESTS, 502, 503, 504);

  private final Messages say;
  private final ResourceWriter writer;

  TargetWriter(CatalogKind<C, R> kind, ResourceWriter writer) {
    this.say = new Messages(kind);
    this.writer = writer;
  }

  /**
   * Creates the target.
   *
   * @return what became of it: made, refused for good, refused for now, or nothing to say because
   *     its namespace is going away
   * @throws KubernetesClientException if the API server could not be reached or was busy, or has a
   *     resource of that name that the cache does not show yet: try again
   */
  Verdict<R> create(C clone, Create<R> create) {
    try {
      R target = writer.create(create.desired());
      return new HasTarget<>(target, Reason.TargetPending, say.targetPending(target));
    } catch (KubernetesClientException e) {
      if (AWAY.contains(e.getCode()) || e.getCode() == CONFLICT) {
        throw e;
      }
      if (e.getCode() == FORBIDDEN && cause(e, "NamespaceTerminating")) {
        return new Unchanged<>();
      }
      if (e.getCode() == INVALID && namesAField(e)) {
        return new Blocked<>(Reason.InvalidOverrides, say.invalid(words(e)), create.source());
      }
      return new Blocked<>(Reason.CreateRefused, say.createRefused(clone, words(e)));
    }
  }

  /**
   * Gives the target the clone's mark if an earlier clone left it behind, and the owner it asks.
   */
  void follow(C clone, R target) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (!Ownership.marked(clone, target)) {
      values.put(
          "/metadata/labels/" + Labels.CLONE_UID.replace("/", "~1"), clone.getMetadata().getUid());
    }
    List<OwnerReference> present = target.getMetadata().getOwnerReferences();
    List<OwnerReference> owners = Overlay.owners(clone, present);
    if (!owners.equals(present)) {
      values.put("/metadata/ownerReferences", owners);
    }
    if (!values.isEmpty()) {
      writer.values(target, values);
    }
  }

  private static boolean cause(KubernetesClientException e, String reason) {
    return causes(e).stream().anyMatch(c -> reason.equals(c.getReason()));
  }

  /** A schema or CEL rule names the field; an admission policy, which may change, does not. */
  private static boolean namesAField(KubernetesClientException e) {
    return causes(e).stream().anyMatch(c -> c.getField() != null && !c.getField().isEmpty());
  }

  private static List<StatusCause> causes(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(Status::getDetails)
        .map(StatusDetails::getCauses)
        .orElse(List.of());
  }

  private static String words(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(Status::getMessage)
        .filter(m -> !m.isBlank())
        .orElse("HTTP status " + e.getCode());
  }
}
