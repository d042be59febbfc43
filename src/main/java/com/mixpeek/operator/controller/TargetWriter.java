package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.client.ApiErrors;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Messages;
import com.mixpeek.operator.clone.Overlay;
import com.mixpeek.operator.clone.Ownership;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.clone.Verdict.Blocked;
import com.mixpeek.operator.clone.Verdict.Create;
import com.mixpeek.operator.clone.Verdict.Unchanged;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.cluster.ResourceWriter;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes targets: creates them, and keeps their label and owner as the clone says. */
final class TargetWriter<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int INVALID = 422;
  private static final int TOO_MANY_REQUESTS = 429;

  /** What the client says where no answer came. */
  private static final int NO_ANSWER = -1;

  private static final List<Integer> AWAY = List.of(NO_ANSWER, TOO_MANY_REQUESTS, 502, 503, 504);

  private static final Logger LOG = LoggerFactory.getLogger(TargetWriter.class);

  private final Messages say;
  private final CloneLogic<C, R> logic;
  private final ResourceCache<R> resources;
  private final ResourceWriter writer;
  private final IdAssigner<R> ids;

  TargetWriter(
      CatalogKind<C, R> kind,
      ResourceCache<R> resources,
      RemoteCatalog<R> remote,
      ReconcilerDependencies dependencies) {
    this.say = new Messages(kind);
    this.logic = new CloneLogic<>(kind);
    this.resources = resources;
    this.writer = dependencies.writer();
    this.ids = new IdAssigner<>(kind, resources, remote, dependencies);
  }

  /**
   * Creates the target and assigns its ID: whoever creates it knows its UID, and so need not wait
   * for the resource's own controller.
   *
   * @return what became of it: created, refused for good, refused for now, or nothing to say
   *     because its namespace is going away
   * @throws KubernetesClientException if the API server could not be reached or was busy, or has a
   *     resource of that name that the cache does not show yet: try again
   */
  Verdict<R> create(C clone, Create<R> create) {
    try {
      return logic.state(clone, assign(resources.write(create.desired(), writer::create)));
    } catch (KubernetesClientException e) {
      if (AWAY.contains(e.getCode()) || e.getCode() == CONFLICT) {
        throw e;
      }
      if (e.getCode() == FORBIDDEN && cause(e, "NamespaceTerminating")) {
        return new Unchanged<>();
      }
      if (e.getCode() == INVALID && namesAField(e) || isTooLarge(e)) {
        return new Blocked<>(
            Reason.InvalidOverrides, say.invalid(words(e)), create.source(), false);
      }
      return new Blocked<>(Reason.CreateRefused, say.createRefused(clone, words(e)));
    }
  }

  /**
   * The target with its ID; without one where that failed or waits for others' IDs, which its own
   * controller goes on with.
   */
  private R assign(R target) {
    if (target.connection().isPresent()) {
      // Its own controller asks Mixpeek, which may take long.
      resources.wake(target);
      resources.changed(target, target);
      return target;
    }
    try {
      IdAssigner.Assignment<R> assignment = ids.assign(target);
      if (assignment.keptBack().isPresent()) {
        // The watch event of one's own write wakes nobody: neither itself nor who refers to it.
        resources.wake(target);
        resources.changed(target, target);
      }
      return assignment.resource();
    } catch (RuntimeException e) {
      ReconciliationLogger.retried(LOG, target, e);
      resources.wake(target);
      return target;
    }
  }

  /**
   * Gives the target the clone's UID if an earlier clone left it behind, and the owner it asks for.
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
      R written = resources.write(target, read -> writer.values(read, values));
      // An event from before this write is hidden by it: whoever waits for it is told here.
      resources.wake(written);
      resources.changed(target, written);
    }
  }

  /** For etcd; the API server passes that on as an error of its own. */
  private static boolean isTooLarge(KubernetesClientException e) {
    return e.getCode() == TOO_LARGE || words(e).contains("request is too large");
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
    return ApiErrors.message(e).orElse("HTTP status " + e.getCode());
  }
}
