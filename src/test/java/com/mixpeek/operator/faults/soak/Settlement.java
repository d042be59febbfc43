package com.mixpeek.operator.faults.soak;

import static com.mixpeek.operator.faults.soak.Json.mark;
import static com.mixpeek.operator.faults.soak.Json.name;
import static com.mixpeek.operator.faults.soak.Json.text;
import static com.mixpeek.operator.faults.soak.Json.uid;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.faults.soak.Contract.Saying;
import com.mixpeek.operator.testing.namespace.JsonResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What in a namespace, as it is at one moment, is not as it must be once things have settled. */
final class Settlement {

  private final CatalogKind<?, ?> kind;
  private final World world;
  private final History history;
  private final List<JsonNode> resources;
  private final List<JsonNode> clones;
  private final Contract contract;
  private final List<String> problems = new ArrayList<>();

  private Settlement(CatalogKind<?, ?> kind, World world, History history) {
    this.kind = kind;
    this.world = world;
    this.history = history;
    this.resources = world.resources();
    this.clones = world.clones();
    this.contract = new Contract(kind, resources);
  }

  /** What is amiss; empty where all is as the contract says. */
  static List<String> problems(CatalogKind<?, ?> kind, World world, History history) {
    Settlement settlement = new Settlement(kind, world, history);
    settlement.problems.addAll(history.problems());
    settlement.resources.forEach(settlement::resource);
    settlement.clones.forEach(settlement::untouchedClone);
    settlement.clones.forEach(settlement::clone);
    settlement.uniqueIds();
    return settlement.problems;
  }

  private void resource(JsonNode resource) {
    // Of what is being deleted nothing more is said: it keeps the status that it had, if any.
    if (!Json.isDeleted(resource)) {
      said(resource, contract.ofResource(resource));
      require(
          resource,
          World.isMadeByOperator(resource) || !JsonResources.reason(resource).isEmpty(),
          "says nothing");
    }
    Set<JsonNode> specs =
        world.writtenSpec(resource).map(Set::of).orElseGet(() -> history.specsOf(resource, kind));
    require(resource, !specs.isEmpty(), "was made by nobody");
    require(resource, specs.contains(resource.get("spec")), "has none of the specs " + specs);
    String pin = text(resource, "/spec/" + kind.idField());
    String id = Contract.idOf(resource);
    require(
        resource,
        id.isEmpty() || pin.isEmpty() ? id.matches("|[a-z]{3}_[A-Za-z0-9]{10}") : id.equals(pin),
        "has an ID of another form: " + id);
  }

  /** Nothing of a clone but its status is ever written. */
  private void untouchedClone(JsonNode clone) {
    JsonNode written = world.writtenSpec(clone).orElseThrow();
    require(clone, written.equals(clone.get("spec")), "has not the spec " + written);
    for (String field : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
      require(clone, clone.get("metadata").path(field).isEmpty(), "has " + field);
    }
  }

  private void clone(JsonNode clone) {
    said(clone, contract.ofClone(clone));
    contract.target(clone).ifPresent(target -> target(clone, target));
    for (JsonNode other : resources) {
      require(
          other,
          !Json.isOwnedBy(other, uid(clone)) || mark(other).equals(uid(clone)),
          "belongs to the clone " + name(clone) + ", which did not make it");
    }
  }

  private void target(JsonNode clone, JsonNode target) {
    require(target, mark(target).equals(uid(clone)), "lacks the mark of the clone " + name(clone));
    boolean deletes = text(clone, "/spec/deletionPolicy").equals("Delete");
    require(target, Json.isOwnedBy(target, uid(clone)) == deletes, "should be owned: " + deletes);
    equal(clone, "/status/targetName", name(target));
    String idField = kind.idField();
    // What was told stays told where the target was recreated, and has none yet.
    if (!Contract.idOf(target).isEmpty() || !history.hasTold(uid(clone))) {
      equal(clone, "/status/" + idField, Contract.idOf(target));
    }
    String sourceId =
        "/status/source" + Character.toUpperCase(idField.charAt(0)) + idField.substring(1);
    equal(clone, sourceId, Json.annotation(target, "source-id"));
    equal(clone, "/status/sourceName", Json.annotation(target, "source-name"));
    equal(clone, "/status/sourceGeneration", Json.annotation(target, "source-generation"));
    Set<String> given =
        clone.at("/spec/overrides").properties().stream()
            .map(entry -> entry.getKey())
            .collect(Collectors.toSet());
    Set<String> told =
        JsonResources.stream(clone.at("/status/overriddenFields"))
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    require(clone, given.equals(told), "tells that it overrides " + told);
  }

  private void said(JsonNode resource, Saying saying) {
    String reason = JsonResources.reason(resource);
    String message = Json.message(resource);
    require(resource, reason.equals(saying.reason()), "should be " + saying);
    require(resource, saying.words().stream().allMatch(message::contains), "should say " + saying);
    equal(resource, "/status/observedGeneration", text(resource, "/metadata/generation"));
  }

  private void uniqueIds() {
    Stream<String> ids = resources.stream().map(Contract::idOf).filter(id -> !id.isEmpty());
    ids.collect(Collectors.groupingBy(id -> id, Collectors.counting()))
        .forEach(
            (id, count) -> {
              if (count > 1) {
                problems.add("several resources have the ID " + id);
              }
            });
  }

  private void equal(JsonNode resource, String pointer, String value) {
    String now = text(resource, pointer);
    require(resource, now.equals(value), pointer + " is " + now + " and not " + value);
  }

  private void require(JsonNode resource, boolean holds, String otherwise) {
    if (!holds) {
      problems.add(
          "%s %s (%s: %s) %s"
              .formatted(
                  text(resource, "/kind"),
                  name(resource),
                  JsonResources.reason(resource),
                  Json.message(resource),
                  otherwise));
    }
  }
}
