package com.mixpeek.operator.cli.fork;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.plan.Plan;
import com.mixpeek.operator.cli.plan.PlannedAction;
import com.mixpeek.operator.cli.plan.Plans;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that is known of a namespace, found as references find it, and what is taken there. */
final class Members {

  private final String namespace;
  private final Map<String, Member> byName = new LinkedHashMap<>();
  private final Map<String, Member> byId = new HashMap<>();

  /** Kinds with the names and catalog names that something has or wants. */
  private final Set<String> taken = new HashSet<>();

  /** By kind and name of a clone, a sentence on what it makes. */
  private final Map<String, String> clones = new HashMap<>();

  private Members(String namespace) {
    this.namespace = namespace;
  }

  /**
   * What manifests, and a cluster where one may be asked, have in one namespace.
   *
   * @param namespace to look into where the manifests are of several
   * @throws ForkRefused if they are of several others
   */
  static Members of(Plans plans, Optional<Lister> cluster, String namespace) {
    Set<String> namespaces =
        plans.all().stream()
            .flatMap(Members::namespaces)
            .collect(Collectors.toCollection(TreeSet::new));
    if (namespaces.size() > 1 && !namespaces.contains(namespace)) {
      throw new ForkRefused(
          "The manifests are of the namespaces %s, and a lineage is in one: say with -n in which."
              .formatted(String.join(", ", namespaces)));
    }
    boolean other = namespaces.size() == 1;
    Members members = new Members(other ? namespaces.iterator().next() : namespace);
    plans.all().forEach(plan -> members.add(plan, cluster));
    return members;
  }

  private static Stream<String> namespaces(Plan<?, ?> plan) {
    return Stream.concat(
        plan.resources().stream().map(given -> given.namespace()),
        plan.actions().stream().map(action -> action.cloneResource().namespace()));
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void add(
      Plan<C, R> plan, Optional<Lister> cluster) {
    CatalogKind<C, R> kind = plan.kind();
    plan.resources().stream()
        .filter(given -> given.namespace().equals(namespace))
        .forEach(given -> add(plan, given.resource(), given.manifest().location().file()));
    for (PlannedAction<C, R> action : plan.actions()) {
      if (action.cloneResource().namespace().equals(namespace)) {
        if (action instanceof PlannedAction.Create<C, R> create) {
          add(plan, create.target(), "made by " + create.cloneResource().manifest());
        }
        take(kind, action.cloneResource().resource());
      }
    }
    plan.elsewhere().list(plan.kind(), namespace).forEach(there -> add(plan, there, "cluster"));
    cluster.map(c -> c.list(kind.cloneType(), namespace)).orElseGet(List::of).stream()
        .filter(clone -> clone.unreadable().isEmpty())
        .forEach(clone -> take(kind, clone));
  }

  private void add(Plan<?, ?> plan, CatalogResource<?> resource, String origin) {
    CatalogKind<?, ?> kind = plan.kind();
    Member found = new Member(kind, resource, origin);
    Member member = Optional.ofNullable(byName.putIfAbsent(found.toString(), found)).orElse(found);
    Stream.concat(
            resource.text(kind.idField()).stream(),
            resource.reportedId().filter(id -> !plan.isPlaceholder(id)).stream())
        .forEach(id -> byId.putIfAbsent(kind.name() + " " + id, member));
    taken.add(found.toString());
    taken.add(kind.nameField() + " " + found.catalogName());
  }

  private void take(CatalogKind<?, ?> kind, CloneResource<?> clone) {
    String name = kind.cloneType().getSimpleName() + " " + clone.getMetadata().getName();
    String target = kind.name() + " " + clone.targetName();
    taken.add(name);
    taken.add(target);
    taken.add(
        kind.nameField() + " " + clone.getSpec().getOverrides().path(kind.nameField()).asText());
    String remedy =
        byName.containsKey(target)
            ? "name that."
            : "what becomes of it is not known here yet, see kubectl-mixpeek render.";
    clones.put(name, "%s makes %s: %s".formatted(name, target, remedy));
  }

  String namespace() {
    return namespace;
  }

  /** All of them, as they were found. */
  List<Member> all() {
    return List.copyOf(byName.values());
  }

  /** What a reference points at, empty where nothing is known of it. */
  Optional<Member> find(Reference reference) {
    return Optional.ofNullable((reference.isByName() ? byName : byId).get(reference.target()));
  }

  /** Whether a resource, clone or catalog name is there already, or is to be. */
  boolean isTaken(String kindOrField, String name) {
    return taken.contains(kindOrField + " " + name);
  }

  /**
   * The one of that name.
   *
   * @param text {@code metadata.name}, or kind and name as in {@code collection/video-frames}
   * @param among those that may be meant
   * @throws ForkRefused if there is none, or one of each kind
   */
  Member named(String text, List<Member> among) {
    String name = text.substring(text.indexOf('/') + 1);
    String kind = text.contains("/") ? text.substring(0, text.indexOf('/')) : "";
    List<Member> found =
        among.stream()
            .filter(member -> member.name().equals(name) && isKind(member.kind(), kind))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new ForkRefused(notFound(text, name, among));
    }
    throw new ForkRefused(
        "There is a Collection and a Taxonomy named %1$s: say collection/%1$s or taxonomy/%1$s."
            .formatted(name));
  }

  private static boolean isKind(CatalogKind<?, ?> kind, String given) {
    return given.isEmpty()
        || given.equalsIgnoreCase(kind.name())
        || given.equalsIgnoreCase(HasMetadata.getPlural(kind.resourceType()));
  }

  private String notFound(String text, String name, List<Member> among) {
    for (Member member : byName.values()) {
      if (member.name().equals(name) && !among.contains(member)) {
        return member + " is not among what is forked: take it in with --with, or name it.";
      }
    }
    Stream<String> byCatalogName =
        byName.values().stream()
            .filter(member -> member.catalogName().equals(name))
            .map(member -> member + " has that catalog name: give its metadata.name.");
    Stream<String> byClone =
        CatalogKind.ALL.stream()
            .map(kind -> clones.get(kind.cloneType().getSimpleName() + " " + name))
            .filter(Objects::nonNull);
    return Stream.of(
            Stream.of(
                "There is no Collection or Taxonomy %s in namespace %s."
                    .formatted(text, namespace)),
            byCatalogName,
            byClone)
        .flatMap(sentences -> sentences)
        .collect(Collectors.joining(" "));
  }
}
