package com.mixpeek.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds where a spec points at Collections and Taxonomies, by ID or by name. Parts of a shape that
 * this version does not know are passed over.
 */
public final class References {

  /**
   * A place of the contract.
   *
   * @param parent the path to what holds it; {@code []} stands for each item of a list
   * @param id the field with the ID, or with a list of IDs
   * @param ref the field with the name in its place, or with a list of names
   * @param list whether both are lists
   * @param changeable whether it is in a part of the spec that may be changed
   */
  private record Place(
      String parent, String id, String ref, boolean list, String kind, boolean changeable) {}

  private static final String COLLECTION = "Collection";
  private static final String TAXONOMY = "Taxonomy";

  private static final List<Place> PLACES =
      List.of(
          fixed("source", "collectionId", "collectionRef", false),
          fixed("source", "collectionIds", "collectionRefs", true),
          changeable("taxonomyId", "taxonomyRef", TAXONOMY),
          changeable("targetCollectionId", "targetCollectionRef", COLLECTION),
          fixed("config.sourceCollection", "collectionId", "collectionRef", false),
          fixed("config.hierarchicalNodes[]", "collectionId", "collectionRef", false),
          fixed("config.hierarchicalNodes[]", "parentCollectionId", "parentCollectionRef", false),
          fixed("config", "inferenceCollections", "inferenceCollectionRefs", true));

  private References() {}

  private static Place fixed(String parent, String id, String ref, boolean list) {
    return new Place(parent, id, ref, list, COLLECTION, false);
  }

  private static Place changeable(String id, String ref, String kind) {
    return new Place("taxonomyApplications[]", id, ref, false, kind, true);
  }

  /** All that the spec, if any, points at, by ID and by name, in the order of its parts. */
  public static List<Reference> all(JsonNode spec) {
    List<Reference> found = new ArrayList<>();
    if (spec == null) {
      return found;
    }
    for (Place place : PLACES) {
      for (Map.Entry<String, JsonNode> parent : parents(spec, place.parent())) {
        byId(place, parent, found);
        byName(place, parent, found);
      }
    }
    return found;
  }

  /** What the spec points at by name. */
  public static List<Reference> byName(JsonNode spec) {
    return all(spec).stream().filter(Reference::isByName).toList();
  }

  /**
   * The spec with IDs in place of names.
   *
   * @param ids by the references' fields; a name of which there is none stays
   */
  public static ObjectNode withIds(ObjectNode spec, Map<String, String> ids) {
    ObjectNode resolved = spec.deepCopy();
    for (Place place : PLACES) {
      for (Map.Entry<String, JsonNode> parent : parents(resolved, place.parent())) {
        List<Map.Entry<String, JsonNode>> refs = values(place, place.ref(), parent);
        if (parent.getValue() instanceof ObjectNode holder
            && holder.hasNonNull(place.ref())
            && refs.stream().map(Map.Entry::getKey).allMatch(ids::containsKey)) {
          holder.remove(place.ref());
          if (place.list()) {
            ArrayNode list = holder.putArray(place.id());
            refs.forEach(ref -> list.add(ids.get(ref.getKey())));
          } else {
            holder.put(place.id(), ids.get(refs.get(0).getKey()));
          }
        }
      }
    }
    return resolved;
  }

  /** The field in which a name, or a list of them, stands in place of what is referred to by ID. */
  public static String fieldByName(Reference reference) {
    String field = reference.field().replaceFirst("\\[\\d+]$", "").replaceFirst(".*\\.", "");
    return PLACES.stream()
        .filter(place -> place.id().equals(field))
        .map(Place::ref)
        .findFirst()
        .orElse(field);
  }

  private static void byId(Place place, Map.Entry<String, JsonNode> parent, List<Reference> found) {
    for (Map.Entry<String, JsonNode> id : values(place, place.id(), parent)) {
      if (id.getValue().isTextual()) {
        String text = id.getValue().textValue();
        found.add(new Reference(place.kind(), id.getKey(), null, text, place.changeable()));
      }
    }
  }

  private static void byName(
      Place place, Map.Entry<String, JsonNode> parent, List<Reference> found) {
    for (Map.Entry<String, JsonNode> ref : values(place, place.ref(), parent)) {
      if (ref.getValue().path("name").isTextual()) {
        String name = ref.getValue().get("name").textValue();
        found.add(new Reference(place.kind(), ref.getKey(), name, null, place.changeable()));
      }
    }
  }

  /** What a field holds, each value under its path. */
  private static List<Map.Entry<String, JsonNode>> values(
      Place place, String field, Map.Entry<String, JsonNode> parent) {
    String path = parent.getKey() + "." + field;
    JsonNode value = parent.getValue().path(field);
    return place.list() ? items(path, value) : List.of(Map.entry(path, value));
  }

  /** The objects at a path, each under its own. */
  private static List<Map.Entry<String, JsonNode>> parents(JsonNode spec, String path) {
    String field = path.replace("[]", "");
    JsonNode value = spec;
    for (String step : field.split("\\.")) {
      value = value.path(step);
    }
    return path.endsWith("[]") ? items(field, value) : List.of(Map.entry(field, value));
  }

  private static List<Map.Entry<String, JsonNode>> items(String path, JsonNode list) {
    List<Map.Entry<String, JsonNode>> items = new ArrayList<>();
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      items.add(Map.entry(path + "[" + i + "]", list.get(i)));
    }
    return items;
  }
}
