package com.mixpeek.operator.cli.status;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.MixpeekResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import com.mixpeek.operator.lookup.Lookups;
import com.mixpeek.operator.lookup.Precedence;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows what clones wait for from one to the next, up to the root of it. */
public final class WaitingChains {

  static final String ROOT = "At the root of it: ";
  static final String CIRCLE = "It waits for a circle, of which one member is ";

  private final Lookups lookups;

  /** Clones by what would answer to the key once they have made it, with its kind before it. */
  private final Map<String, CloneResource<?>> makers = new HashMap<>();

  /**
   * What a thing waits for.
   *
   * @param on null where there is nothing of that name
   */
  private record Step(MixpeekResource<?, ?> on, String name, String namespace) {}

  /**
   * Where a chain ends.
   *
   * @param at the last thing of it, or the first that is part of a circle
   * @param missing what that waits for and is not there, null for nothing
   * @param steps how many lead to it
   */
  private record End(MixpeekResource<?, ?> at, Step missing, boolean circle, int steps) {}

  private final Map<MixpeekResource<?, ?>, End> ends = new IdentityHashMap<>();

  /**
   * @param namespace null for all
   */
  public WaitingChains(Lister lister, String namespace) {
    this.lookups =
        new Lookups(
            lookup(CatalogKind.COLLECTION, lister, namespace),
            lookup(CatalogKind.TAXONOMY, lister, namespace));
    CatalogKind.ALL.forEach(kind -> addMakers(kind, lister, namespace));
  }

  private static <R extends CatalogResource<?>> Lookup<R> lookup(
      CatalogKind<?, R> kind, Lister lister, String namespace) {
    return InMemoryLookup.of(kind, lister.list(kind.resourceType(), namespace));
  }

  private <C extends CloneResource<?>> void addMakers(
      CatalogKind<C, ?> kind, Lister lister, String namespace) {
    CloneLogic<C, ?> logic = new CloneLogic<>(kind);
    for (C clone : lister.list(kind.cloneType(), namespace)) {
      if (clone.unreadable().isEmpty() && !clone.hasTarget()) {
        String in = clone.getMetadata().getNamespace();
        makers.putIfAbsent(kind.name() + Keys.name(in, clone.targetName()), clone);
        makers.putIfAbsent(kind.name() + Keys.catalogName(in, logic.newName(clone)), clone);
      }
    }
  }

  /** Whether the clone may be at the end of a chain. */
  public static boolean concern(CloneResource<?> clone) {
    return clone.unreadable().isEmpty()
        && (clone.isReported(Reason.SourceNotFound)
            || clone.isReported(Reason.SourceNotReady)
            || clone.isReported(Reason.TargetPending));
  }

  /** What the chain waits for at its root, empty where the clone itself says so. */
  public String root(CloneResource<?> clone) {
    // What a target waits for is in the message of its clone.
    int told = clone.hasTarget() ? 2 : 1;
    End end = end(clone);
    if (end.circle()) {
      return CIRCLE + named(end.at()) + ": let one of them refer to something that is there.";
    }
    if (end.missing() == null) {
      // What is made by another clone is not there, and no message says why it is not.
      boolean said =
          end.at() == clone || end.steps() <= told && end.at() instanceof CatalogResource<?>;
      return said ? "" : ROOT + says(end.at());
    }
    return end.steps() < told
        ? ""
        : (ROOT + "there is no %s in namespace %s.")
            .formatted(end.missing().name(), end.missing().namespace());
  }

  /** Each thing is passed once, however many chains lead through it. */
  private End end(MixpeekResource<?, ?> start) {
    Deque<MixpeekResource<?, ?>> way = new ArrayDeque<>();
    Set<MixpeekResource<?, ?>> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    MixpeekResource<?, ?> at = start;
    while (!ends.containsKey(at)) {
      if (!passed.add(at)) {
        MixpeekResource<?, ?> member;
        do {
          member = way.pop();
          ends.put(member, new End(member, null, true, 0));
        } while (member != at);
        continue;
      }
      Optional<Step> next = next(at);
      if (next.isEmpty() || next.get().on() == null) {
        ends.put(at, new End(at, next.orElse(null), false, 0));
      } else {
        way.push(at);
        at = next.get().on();
      }
    }
    for (MixpeekResource<?, ?> before : way) {
      End end = ends.get(at);
      ends.put(before, new End(end.at(), end.missing(), end.circle(), end.steps() + 1));
      at = before;
    }
    return ends.get(start);
  }

  private Optional<Step> next(MixpeekResource<?, ?> at) {
    if (at instanceof CatalogResource<?> resource) {
      return resource.reportedId().isPresent() ? Optional.empty() : next(resource);
    }
    CloneResource<?> clone = (CloneResource<?>) at;
    return CatalogKind.ALL.stream()
        .filter(kind -> kind.cloneType().isInstance(clone))
        .findFirst()
        .flatMap(kind -> next(kind, clone));
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> Optional<Step> next(
      CatalogKind<C, R> kind, CloneResource<?> clone) {
    C own = kind.cloneType().cast(clone);
    String namespace = clone.getMetadata().getNamespace();
    Lookup<R> lookup = lookup(kind);
    if (clone.hasTarget()) {
      return Precedence.first(lookup, Keys.name(namespace, clone.getStatus().getTargetName()))
          .map(target -> new Step(target, "", namespace));
    }
    if (!concern(clone)) {
      return Optional.empty();
    }
    String key = new CloneLogic<>(kind).sourceKey(own);
    String name = key.substring(key.lastIndexOf('/') + 1);
    Optional<R> source = Precedence.first(lookup, key);
    return Optional.of(
        new Step(
            source.isPresent() ? source.get() : makers.get(kind.name() + key),
            kind.name() + " " + name,
            namespace));
  }

  @SuppressWarnings("unchecked")
  private <R extends CatalogResource<?>> Lookup<R> lookup(CatalogKind<?, R> kind) {
    return (Lookup<R>)
        (kind.name().equals(CatalogKind.COLLECTION.name())
            ? lookups.collections()
            : lookups.taxonomies());
  }

  /** What is not there comes before what has no ID, as it does in the status. */
  private Optional<Step> next(CatalogResource<?> resource) {
    String namespace = resource.getMetadata().getNamespace();
    Step unready = null;
    for (Reference reference : resource.references()) {
      Optional<? extends CatalogResource<?>> on = lookups.named(namespace, reference);
      if (on.isEmpty()) {
        String key = reference.kind() + Keys.name(namespace, reference.name());
        return Optional.of(new Step(makers.get(key), reference.target(), namespace));
      }
      if (on.get().reportedId().isEmpty() && unready == null) {
        unready = new Step(on.get(), reference.target(), namespace);
      }
    }
    return Optional.ofNullable(unready);
  }

  private static String says(MixpeekResource<?, ?> root) {
    return named(root)
        + ": "
        + root.ready().map(Condition::getMessage).orElse("the operator has not seen it yet.");
  }

  private static String named(MixpeekResource<?, ?> resource) {
    return resource.getKind() + " " + resource.getMetadata().getName();
  }
}
