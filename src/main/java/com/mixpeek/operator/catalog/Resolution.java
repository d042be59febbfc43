package com.mixpeek.operator.catalog;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CatalogStatus;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.ResolvedReference;
import com.mixpeek.operator.lookup.Lookups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of the references by name of a resource: what was resolved is kept, for a part of
 * the spec that may be changed until it is; all others are resolved if what they name has an ID.
 */
final class Resolution {

  private final CatalogResource<?> resource;
  private final Lookups lookups;
  private final List<ResolvedReference> resolved = new ArrayList<>();
  private final Map<String, String> ids = new HashMap<>();

  /** What references were resolved to before, by {@link #identity}. */
  private final Map<String, String> told = new HashMap<>();

  private Reference missing;
  private Reference notReady;
  private String invalid;
  private boolean gone;

  private Resolution(CatalogResource<?> resource, Lookups lookups) {
    this.resource = resource;
    this.lookups = lookups;
    if (resource.getStatus() instanceof CatalogStatus status && status.getReferences() != null) {
      status.getReferences().stream()
          .filter(reference -> reference.id() != null)
          .forEach(
              reference ->
                  told.putIfAbsent(identity(reference.field(), reference.name()), reference.id()));
    }
    resource.references().forEach(this::resolve);
  }

  static Resolution of(CatalogResource<?> resource, Lookups lookups) {
    return new Resolution(resource, lookups);
  }

  /** What is resolved, in the order of the spec. */
  List<ResolvedReference> resolved() {
    return List.copyOf(resolved);
  }

  /** The IDs that are resolved, by the references' fields. */
  Map<String, String> ids() {
    return Map.copyOf(ids);
  }

  /** What cannot be resolved yet, first of all what is not there; empty where all is resolved. */
  Optional<Reference> unresolved() {
    return Optional.ofNullable(missing != null ? missing : notReady);
  }

  /** Why it cannot be resolved. */
  Reason reason() {
    return missing != null ? Reason.ReferenceNotFound : Reason.ReferenceNotReady;
  }

  /** Why it cannot be resolved, in a sentence. */
  String message() {
    Reference reference = unresolved().orElseThrow();
    return "%s names %s, %s".formatted(reference.field(), reference.target(), obstacle(reference));
  }

  private String obstacle(Reference reference) {
    String kind = resource.getKind();
    Optional<? extends CatalogResource<?>> target = lookups.named(namespace(), reference);
    if (target.isEmpty()) {
      return "which is not in namespace %s yet: this %s goes on when it appears."
          .formatted(namespace(), kind);
    }
    if (target.get().isMarkedForDeletion()) {
      return "which is being deleted: this %s goes on when another one takes its place."
          .formatted(kind);
    }
    if (Lookups.isElsewhere(resource, reference, target.get())) {
      return target
          .get()
          .connection()
          .map(
              "which goes through Connection %s, where other IDs are known: let both go through one."
                  ::formatted)
          .orElse(
              "which is not at Mixpeek: create that one anew with a connectionRef, or with its ID"
                  + " there.");
    }
    return "which has no ID yet: this %s goes on when it has.".formatted(kind);
  }

  /** Whether what was resolved is gone or has another ID; empty where all is as it was. */
  Optional<String> invalid() {
    return Optional.ofNullable(invalid);
  }

  /** Whether what is invalid is gone. */
  boolean isGone() {
    return gone;
  }

  private void resolve(Reference reference) {
    Optional<? extends CatalogResource<?>> target = lookups.named(namespace(), reference);
    Optional<String> id = target.flatMap(CatalogResource::reportedId);
    Optional<String> free =
        id.filter(
            i ->
                !target.get().isMarkedForDeletion()
                    && !Lookups.isElsewhere(resource, reference, target.get()));
    Optional<String> before =
        Optional.ofNullable(told.get(identity(reference.field(), reference.name())));
    boolean anew = reference.changeable() && !isSeen() && free.isPresent();
    String now = before.filter(i -> !anew).or(() -> free).orElse(null);
    if (now != null) {
      resolved.add(new ResolvedReference(reference.field(), reference.name(), now));
      ids.put(reference.field(), now);
      check(reference, now, target.isPresent(), id);
    } else if (target.isEmpty()) {
      missing = missing == null ? reference : missing;
    } else {
      notReady = notReady == null ? reference : notReady;
    }
  }

  private void check(Reference reference, String told, boolean present, Optional<String> id) {
    if (invalid == null && !id.filter(told::equals).isPresent()) {
      gone = !present;
      String state =
          !present
              ? "there is no %s any more".formatted(reference.target())
              : "%s has %s by now"
                  .formatted(reference.target(), id.map(i -> "the ID " + i).orElse("no ID"));
      String remedy =
          reference.changeable()
              ? "any change of the spec has it resolved anew"
              : "give it that ID back by pinning it, or create this %s anew"
                  .formatted(resource.getKind());
      invalid =
          "%s was resolved to %s, but %s: %s.".formatted(reference.field(), told, state, remedy);
    }
  }

  private boolean isSeen() {
    return resource.getStatus() != null
        && Objects.equals(
            resource.getStatus().getObservedGeneration(), resource.getMetadata().getGeneration());
  }

  /** A reference is the same one whatever place in a list it has by now. */
  private static String identity(String field, String name) {
    return field.replaceAll("\\[\\d+]", "") + " " + name;
  }

  private String namespace() {
    return resource.getMetadata().getNamespace();
  }
}
