package com.mixpeek.operator.cli.fork;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.References;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes copies point at copies, by name: their IDs are yet to be assigned. A part of the spec in
 * which something is rewired is overridden whole, for that is how overrides work.
 */
final class Rewiring {

  private final Members members;
  private final Map<Member, String> copies;

  /** The copies as {@link Reference#target} names them. */
  private final Set<String> targets = new HashSet<>();

  /**
   * @param copies by original the name of its copy
   */
  Rewiring(Members members, Map<Member, String> copies) {
    this.members = members;
    this.copies = copies;
    copies.forEach((member, name) -> targets.add(member.kind().name() + " " + name));
  }

  Members members() {
    return members;
  }

  /** Whether a reference points at one of the copies. */
  boolean isCopy(Reference reference) {
    return reference.isByName() && targets.contains(reference.target());
  }

  /** The parts of a member's spec that its copy must override, each whole. */
  ObjectNode overrides(Member member) {
    ObjectNode spec = member.resource().getSpec().deepCopy();
    Map<String, List<Reference>> places = new LinkedHashMap<>();
    for (Reference reference : References.all(spec)) {
      places.computeIfAbsent(place(reference), p -> new ArrayList<>()).add(reference);
    }
    Set<String> changed = new LinkedHashSet<>();
    places.forEach(
        (place, references) -> {
          if (references.stream().allMatch(ref -> isItself(member, ref))) {
            // Left out it is the copy itself, which could not wait for its own ID.
            remove(spec, place);
            changed.add(field(place));
            return;
          }
          boolean rewires = references.stream().anyMatch(ref -> copy(ref).isPresent());
          if (rewires && references.stream().allMatch(ref -> name(ref).isPresent())) {
            rewire(spec, place, references);
            changed.add(field(place));
          }
        });
    ObjectNode overrides = JsonNodeFactory.instance.objectNode();
    member.kind().overridable().stream()
        .filter(changed::contains)
        .forEach(field -> overrides.set(field, spec.get(field)));
    return overrides;
  }

  /** The name of the copy that a reference should point at, empty for something outside. */
  Optional<String> copy(Reference reference) {
    return members.find(reference).map(copies::get);
  }

  /** The name by which something can stand in a list of names: the copy's, or its own. */
  private Optional<String> name(Reference reference) {
    return copy(reference)
        .or(() -> Optional.ofNullable(reference.name()))
        .or(() -> members.find(reference).map(Member::name));
  }

  /** Whether a member writes to itself, by its ID. */
  private boolean isItself(Member member, Reference reference) {
    return reference.isWritten() && members.find(reference).filter(member::equals).isPresent();
  }

  private static void remove(ObjectNode spec, String place) {
    int last = place.lastIndexOf('.');
    ((ObjectNode) spec.at(pointer(place.substring(0, last)))).remove(place.substring(last + 1));
  }

  /** The field of the spec that a place is in. */
  private static String field(String place) {
    return place.split("[.\\[]", 2)[0];
  }

  /** The field that holds a reference, or the list that does: that has IDs or names, not both. */
  private static String place(Reference reference) {
    return reference.field().replaceFirst("\\[\\d+]$", "");
  }

  private void rewire(ObjectNode spec, String place, List<Reference> references) {
    int last = place.lastIndexOf('.');
    ObjectNode parent = (ObjectNode) spec.at(pointer(place.substring(0, last)));
    boolean list = !place.equals(references.get(0).field());
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    references.forEach(ref -> names.addObject().put("name", name(ref).orElseThrow()));
    replace(
        parent,
        place.substring(last + 1),
        References.fieldByName(references.get(0)),
        list ? names : names.get(0));
  }

  /** Puts a field in another's place, where a person expects it. */
  private static void replace(ObjectNode parent, String field, String by, JsonNode value) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    parent.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    parent.removeAll();
    fields.forEach(
        (key, old) -> parent.set(key.equals(field) ? by : key, key.equals(field) ? value : old));
  }

  /** A path as a JSON pointer. */
  static String pointer(String path) {
    return "/" + path.replaceAll("\\[(\\d+)]", ".$1").replace('.', '/');
  }
}
