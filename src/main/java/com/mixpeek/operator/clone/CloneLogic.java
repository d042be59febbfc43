package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.api.ConnectionRef;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.SpecCheck;
import com.mixpeek.operator.clone.Verdict.Blocked;
import com.mixpeek.operator.clone.Verdict.Create;
import com.mixpeek.operator.clone.Verdict.Unchanged;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import com.mixpeek.operator.lookup.Precedence;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what is to be done about a clone: no client, no clock, no chance, and nothing that it is
 * handed is modified. The operator and the command line call the same functions.
 *
 * @param <C> the clone's type
 * @param <R> the type of what is cloned
 */
public final class CloneLogic<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private final CatalogKind<C, R> kind;
  private final Messages say;
  private final Ownership<C, R> ownership;

  public CloneLogic(CatalogKind<C, R> kind) {
    this.kind = kind;
    this.say = new Messages(kind);
    this.ownership = new Ownership<>(say);
  }

  /** The first that holds, in the order of the contract's table of reasons. */
  public Verdict<R> decide(C clone, Lookup<R> lookup) {
    return decide(clone, lookup, Optional.empty());
  }

  /**
   * The same for a clone whose source may have no resource in the cluster.
   *
   * @param elsewhere a resource made of what Mixpeek says of the source, empty where it says
   *     nothing or was not asked
   */
  public Verdict<R> decide(C clone, Lookup<R> lookup, Optional<R> elsewhere) {
    Optional<R> own = ownership.target(clone, lookup);
    if (own.isPresent()) {
      return ownership.state(clone, own.get());
    }
    if (clone.hasTarget()) {
      return new Blocked<>(Reason.TargetMissing, say.targetMissing(clone, lookup));
    }
    if (Boolean.TRUE.equals(clone.getSpec().getSuspend())) {
      return new Blocked<>(Reason.Suspended, say.suspended());
    }
    Optional<R> blocker =
        Precedence.first(lookup, Keys.name(clone.getMetadata().getNamespace(), clone.targetName()));
    if (blocker.isPresent()) {
      return ownership.notTaken(clone, blocker.get());
    }
    return fromSource(clone, lookup, elsewhere);
  }

  /** What is to be said of a clone whose own target this is. */
  public Verdict<R> state(C clone, R target) {
    return ownership.state(clone, target);
  }

  /**
   * Whether all that is missing is a source that Mixpeek may have: one named by its ID or catalog
   * name, with a connection.
   */
  public boolean asksMixpeek(C clone, Lookup<R> lookup) {
    return clone.getSpec().getConnectionRef() != null
        && !clone.getSpec().getSourceRef().hasNonNull("name")
        && decide(clone, lookup) instanceof Blocked<R> blocked
        && blocked.reason() == Reason.SourceNotFound;
  }

  /**
   * What only one can have, and the clone would take, as keys: the new catalog name and the
   * target's name.
   */
  public Set<String> claims(C clone) {
    String namespace = clone.getMetadata().getNamespace();
    return Set.of(
        Keys.catalogName(namespace, newName(clone)), Keys.name(namespace, clone.targetName()));
  }

  /** Whose changes concern the clone: what it waits for, or once it is done, its target. */
  public Set<String> interests(C clone) {
    if (!clone.unreadable().isEmpty()) {
      return Set.of();
    }
    String namespace = clone.getMetadata().getNamespace();
    if (clone.hasTarget()) {
      return Set.of(Keys.name(namespace, clone.getStatus().getTargetName()));
    }
    Set<String> keys = new LinkedHashSet<>(claims(clone));
    keys.add(sourceKey(clone));
    keys.add(Keys.cloneUid(namespace, clone.getMetadata().getUid()));
    return keys;
  }

  private Verdict<R> fromSource(C clone, Lookup<R> lookup, Optional<R> elsewhere) {
    Optional<R> found = Precedence.first(lookup, sourceKey(clone)).or(() -> elsewhere);
    ConnectionRef connection = clone.getSpec().getConnectionRef();
    if (found.isEmpty()) {
      boolean remote = connection != null && !clone.getSpec().getSourceRef().hasNonNull("name");
      return new Blocked<>(
          Reason.SourceNotFound,
          remote ? say.sourceNotAtMixpeek(clone, connection.name()) : say.sourceNotFound(clone));
    }
    R source = found.get();
    if (connection != null && !source.connection().equals(Optional.of(connection.name()))) {
      return new Blocked<>(Reason.InvalidOverrides, say.otherConnection(clone, source));
    }
    if (source.isMarkedForDeletion()
        || source.reportedId().isEmpty()
        || source.unreadable().contains("spec")) {
      return new Blocked<>(Reason.SourceNotReady, say.sourceNotReady(source));
    }
    String newName = newName(clone);
    if (source.text(kind.nameField()).filter(newName::equals).isPresent()) {
      return new Blocked<>(Reason.NameConflict, say.nameIsTheSources(newName, source));
    }
    Optional<R> holder =
        Precedence.first(lookup, Keys.catalogName(clone.getMetadata().getNamespace(), newName));
    if (holder.isPresent()) {
      return new Blocked<>(Reason.NameConflict, say.nameIsTaken(newName, holder.get()));
    }
    R desired = Overlay.resource(kind, clone, source);
    Optional<SpecCheck.Problem> problem = SpecCheck.problem(desired.getSpec());
    if (problem.isPresent()) {
      return new Blocked<>(Reason.InvalidOverrides, say.invalid(problem.get().message()));
    }
    return refusedBefore(clone, source) ? new Unchanged<>() : new Create<>(desired, source);
  }

  /** The key that the clone's source answers to. */
  public String sourceKey(C clone) {
    String namespace = clone.getMetadata().getNamespace();
    var ref = clone.getSpec().getSourceRef();
    if (ref.hasNonNull(kind.nameField())) {
      return Keys.catalogName(namespace, ref.get(kind.nameField()).asText());
    }
    return ref.hasNonNull(kind.idField())
        ? Keys.id(namespace, ref.get(kind.idField()).asText())
        : Keys.name(namespace, ref.path("name").asText());
  }

  /** The catalog name that the clone asks for. */
  public String newName(C clone) {
    return clone.getSpec().getOverrides().path(kind.nameField()).asText();
  }

  /**
   * Whether the API server has refused this very copy as invalid: the same clone of the same state
   * of the same source would be refused again.
   */
  private static boolean refusedBefore(CloneResource<?> clone, CatalogResource<?> source) {
    CloneStatus status = clone.getStatus();
    return status != null
        && Objects.equals(status.getObservedGeneration(), clone.getMetadata().getGeneration())
        && clone.isReported(Reason.InvalidOverrides)
        && Objects.equals(status.sourceId(), source.reportedId().orElse(null))
        && Objects.equals(status.getSourceGeneration(), source.getMetadata().getGeneration());
  }
}
