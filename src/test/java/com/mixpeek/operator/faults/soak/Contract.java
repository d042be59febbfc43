package com.mixpeek.operator.faults.soak;

import static com.mixpeek.operator.faults.soak.Json.annotation;
import static com.mixpeek.operator.faults.soak.Json.isDeleted;
import static com.mixpeek.operator.faults.soak.Json.mark;
import static com.mixpeek.operator.faults.soak.Json.message;
import static com.mixpeek.operator.faults.soak.Json.name;
import static com.mixpeek.operator.faults.soak.Json.text;
import static com.mixpeek.operator.faults.soak.Json.uid;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the contract says of a namespace in which nothing happens any more. It is worked out from
 * the contract's text, and shares nothing with the operator's decisions.
 */
final class Contract {

  private static final Comparator<JsonNode> FIRST =
      Comparator.<JsonNode, Boolean>comparing(r -> idOf(r).isEmpty())
          .thenComparing(r -> text(r, "/metadata/creationTimestamp"))
          .thenComparing(Json::uid);

  private final String nameField;
  private final String idField;
  private final List<JsonNode> resources;

  /**
   * What is to be said of a resource.
   *
   * @param reason of its Ready condition
   * @param words what its message must name
   */
  record Saying(String reason, List<String> words) {

    static Saying of(String reason, String... words) {
      return new Saying(reason, List.of(words));
    }
  }

  Contract(CatalogKind<?, ?> kind, List<JsonNode> resources) {
    this.nameField = kind.nameField();
    this.idField = kind.idField();
    this.resources = resources;
  }

  static String idOf(JsonNode resource) {
    String collection = text(resource, "/status/collectionId");
    return collection.isEmpty() ? text(resource, "/status/taxonomyId") : collection;
  }

  /** What is to be said of a Collection or Taxonomy. */
  Saying ofResource(JsonNode resource) {
    String id = idOf(resource);
    String pin = text(resource, "/spec/" + idField);
    if (id.isEmpty() && isInvalid(resource)) {
      return Saying.of("InvalidConfig");
    }
    Optional<JsonNode> namesake = before(resource, r -> nameOf(r).equals(nameOf(resource)));
    if (namesake.isPresent()) {
      return Saying.of("DuplicateName", nameOf(resource), " " + name(namesake.get()) + ",", id);
    }
    Optional<JsonNode> holder = before(resource, r -> hasOrPins(r, pin));
    return id.isEmpty() && !pin.isEmpty() && holder.isPresent()
        ? Saying.of("DuplicateId", pin, " " + name(holder.get()) + ",")
        : Saying.of("Assigned", id.isEmpty() ? "an ID" : id);
  }

  /** What is to be said of a clone. */
  Saying ofClone(JsonNode clone) {
    String told = text(clone, "/status/targetName");
    Optional<JsonNode> own = target(clone);
    if (own.isPresent()) {
      return ofTarget(own.get());
    }
    if (!told.isEmpty()) {
      Optional<JsonNode> there = named(told);
      String id = idOf(clone);
      boolean same = !id.isEmpty() && there.filter(r -> idOf(r).equals(id)).isPresent();
      String why = same ? "does not carry the mark" : "is another";
      return Saying.of("TargetMissing", told, there.isPresent() ? why : "has been deleted");
    }
    if (clone.at("/spec/suspend").asBoolean()) {
      return Saying.of("Suspended", "spec.suspend");
    }
    Optional<JsonNode> blocker = named(targetName(clone));
    if (blocker.isPresent()) {
      String why =
          blocker.get().at("/metadata").has("deletionTimestamp") ? "being deleted" : "not made by";
      boolean earlier = isOfEarlierOwner(clone, blocker.get());
      return Saying.of("TargetExists", name(blocker.get()), earlier ? "earlier clone" : why);
    }
    return ofSource(clone);
  }

  private Saying ofTarget(JsonNode target) {
    if (!idOf(target).isEmpty()) {
      return Saying.of("Cloned", name(target), idOf(target));
    }
    return switch (JsonResources.reason(target)) {
      case "DuplicateName" -> Saying.of("NameConflict", name(target), message(target));
      case "InvalidConfig" -> Saying.of("InvalidOverrides", name(target), message(target));
      default ->
          Saying.of(
              "TargetPending",
              name(target),
              isDeleted(target) ? "is being deleted" : "waits for its ID");
    };
  }

  private Saying ofSource(JsonNode clone) {
    String newName = text(clone, "/spec/overrides/" + nameField);
    Optional<JsonNode> source = resources.stream().filter(isSourceOf(clone)).min(FIRST);
    if (source.isEmpty()) {
      return Saying.of("SourceNotFound", clone.at("/spec/sourceRef").iterator().next().asText());
    }
    if (isDeleted(source.get())) {
      return Saying.of("SourceNotReady", name(source.get()), "being deleted");
    }
    if (idOf(source.get()).isEmpty()) {
      return Saying.of("SourceNotReady", name(source.get()), "no ID", message(source.get()));
    }
    if (nameOf(source.get()).equals(newName)) {
      return Saying.of("NameConflict", newName, name(source.get()) + " itself");
    }
    Optional<JsonNode> holder =
        resources.stream().filter(r -> nameOf(r).equals(newName)).min(FIRST);
    if (holder.isPresent()) {
      return Saying.of("NameConflict", newName, "taken by", " " + name(holder.get()) + ":");
    }
    return isInvalid(clone) ? Saying.of("InvalidOverrides") : Saying.of("a target of its own");
  }

  private Predicate<JsonNode> isSourceOf(JsonNode clone) {
    JsonNode ref = clone.at("/spec/sourceRef");
    if (ref.has(nameField)) {
      return r -> nameOf(r).equals(text(ref, "/" + nameField));
    }
    return ref.has(idField)
        ? r -> hasOrPins(r, text(ref, "/" + idField))
        : r -> name(r).equals(text(ref, "/name"));
  }

  /** The clone's own target. */
  Optional<JsonNode> target(JsonNode clone) {
    String told = text(clone, "/status/targetName");
    if (!told.isEmpty()) {
      return named(told)
          .filter(r -> mark(r).equals(uid(clone)) || isLeftBehind(clone, r))
          .filter(r -> idOf(clone).isEmpty() || idOf(r).isEmpty() || idOf(r).equals(idOf(clone)));
    }
    Optional<JsonNode> named = named(targetName(clone));
    return Stream.of(
            named.filter(r -> mark(r).equals(uid(clone))),
            resources.stream().filter(r -> mark(r).equals(uid(clone))).min(FIRST),
            named.filter(r -> isLeftBehind(clone, r)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private boolean isLeftBehind(JsonNode clone, JsonNode resource) {
    return !mark(resource).isEmpty()
        && isOrderedBy(clone, resource)
        && !isDeleted(resource)
        && !isOfEarlierOwner(clone, resource);
  }

  private static boolean isOrderedBy(JsonNode clone, JsonNode resource) {
    return annotation(resource, "cloned-by").equals(name(clone))
        && annotation(resource, "clone-digest").equals(Json.digest(clone.get("spec")));
  }

  private static boolean isOfEarlierOwner(JsonNode clone, JsonNode resource) {
    return JsonResources.stream(resource.at("/metadata/ownerReferences"))
        .anyMatch(o -> text(o, "/name").equals(name(clone)) && !text(o, "/uid").equals(uid(clone)));
  }

  /** The limits that the API server does not know; they hold for overrides as well. */
  private static boolean isInvalid(JsonNode resource) {
    JsonNode spec = resource.path("spec").path("overrides");
    spec = spec.isMissingNode() ? resource.path("spec") : spec;
    return spec.at("/featureExtractor/inputMappings").isTextual()
        || !spec.at("/config/hierarchicalNodes/0/parentCollectionId").isMissingNode();
  }

  private boolean hasOrPins(JsonNode resource, String id) {
    return !id.isEmpty()
        && (idOf(resource).equals(id) || text(resource, "/spec/" + idField).equals(id));
  }

  private Optional<JsonNode> before(JsonNode resource, Predicate<JsonNode> which) {
    return resources.stream()
        .filter(which)
        .filter(other -> !uid(other).equals(uid(resource)) && FIRST.compare(other, resource) < 0)
        .min(FIRST);
  }

  private Optional<JsonNode> named(String name) {
    return resources.stream().filter(r -> name(r).equals(name)).findFirst();
  }

  private String nameOf(JsonNode resource) {
    return text(resource, "/spec/" + nameField);
  }

  private static String targetName(JsonNode clone) {
    String given = text(clone, "/spec/targetName");
    return given.isEmpty() ? name(clone) : given;
  }
}
