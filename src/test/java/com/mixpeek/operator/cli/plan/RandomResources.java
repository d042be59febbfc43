package com.mixpeek.operator.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.JsonArbitraries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Sets of resources as a namespace or two could hold them: a few sources, and clones of them, of
 * each other and of nothing, with names so few that they often meet.
 */
final class RandomResources {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int NAMES = 12;

  /** To generate them takes far longer than to put sets together of them. */
  private static final Map<CatalogKind<?, ?>, List<ObjectNode>> SPECS =
      Map.of(
          CatalogKind.COLLECTION, specs(CatalogKind.COLLECTION),
          CatalogKind.TAXONOMY, specs(CatalogKind.TAXONOMY));

  private static List<ObjectNode> specs(CatalogKind<?, ?> kind) {
    return JsonArbitraries.objectWith(fields(kind)).list().ofSize(300).sample();
  }

  private RandomResources() {}

  /** One set, the same for the same seed. */
  static List<ObjectNode> of(long seed) {
    Random random = new Random(seed);
    CatalogKind<?, ?> kind = random.nextBoolean() ? CatalogKind.COLLECTION : CatalogKind.TAXONOMY;
    return new Generator(kind, random)
        .of(some(SPECS.get(kind), 3, random), some(SPECS.get(kind), 5, random));
  }

  private static List<ObjectNode> some(List<ObjectNode> all, int most, Random random) {
    List<ObjectNode> some = new ArrayList<>();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return some;
  }

  private static List<String> fields(CatalogKind<?, ?> kind) {
    List<String> fields = new ArrayList<>(kind.overridable());
    fields.addAll(List.of("inputSchema", "schedule", "retrieverId"));
    return fields;
  }

  private record Generator(
      CatalogKind<?, ?> kind, Random random, List<String> names, List<String> catalogNames) {

    Generator(CatalogKind<?, ?> kind, Random random) {
      this(kind, random, new ArrayList<>(), new ArrayList<>());
    }

    List<ObjectNode> of(List<ObjectNode> specs, List<ObjectNode> overrides) {
      List<ObjectNode> resources = new ArrayList<>();
      List<String> free = shuffled();
      for (ObjectNode spec : specs) {
        ObjectNode source = resource(kind.name(), free.remove(0), resources.size());
        ObjectNode own = spec.deepCopy();
        own.remove(kind.idField());
        own.put(kind.nameField(), pick("catalog_"));
        names.add(source.at("/metadata/name").asText());
        catalogNames.add(own.path(kind.nameField()).asText());
        // A shape that no API server lets in is not what is asked about here.
        own.remove(List.of("featureExtractor", "config"));
        if (random.nextInt(4) == 0) {
          own.put(kind.idField(), kind.idPrefix() + "pinned" + resources.size());
        }
        source.set("spec", own);
        resources.add(source);
      }
      free = shuffled();
      for (ObjectNode given : overrides) {
        String type = kind.cloneType().getSimpleName();
        ObjectNode clone = resource(type, free.remove(0), resources.size());
        clone.set("spec", cloneSpec(given));
        names.add(clone.at("/metadata/name").asText());
        resources.add(clone);
      }
      Collections.shuffle(resources, random);
      return resources;
    }

    private ObjectNode cloneSpec(ObjectNode given) {
      ObjectNode spec = JSON.objectNode();
      ObjectNode ref = spec.putObject("sourceRef");
      switch (random.nextInt(8)) {
        case 0 -> ref.put(kind.nameField(), pick("catalog_"));
        case 1 -> ref.put(kind.idField(), kind.idPrefix() + "pinned" + random.nextInt(3));
        case 2 -> ref.put("name", pick("name-"));
        case 3, 4 -> ref.put(kind.nameField(), any(catalogNames));
        default -> ref.put("name", any(names));
      }
      ObjectNode overrides = given.deepCopy();
      overrides.remove(List.of(kind.idField(), "featureExtractor", "config"));
      overrides.put(kind.nameField(), pick("catalog_"));
      catalogNames.add(overrides.path(kind.nameField()).asText());
      spec.set("overrides", overrides);
      if (random.nextInt(4) == 0) {
        spec.put("targetName", pick("name-"));
      }
      if (random.nextInt(3) == 0) {
        spec.put("deletionPolicy", "Delete");
      }
      if (random.nextInt(9) == 0) {
        spec.put("suspend", true);
      }
      if (random.nextInt(3) == 0) {
        JsonNode metadata = spec.putObject("targetMetadata");
        ((ObjectNode) metadata).putObject("labels").put("team", "yes").put("on", "1.0");
        ((ObjectNode) metadata).putObject("annotations").put("note", " a: \"b\" # c\n\td ");
      }
      return spec;
    }

    private ObjectNode resource(String type, String name, int number) {
      ObjectNode resource = JSON.objectNode();
      resource.put("apiVersion", "mixpeek.com/v1alpha1").put("kind", type);
      resource
          .putObject("metadata")
          .put("name", name)
          .put("namespace", random.nextInt(12) == 0 ? "other" : "default")
          .put("uid", "uid-" + number)
          .put("generation", 1 + random.nextInt(3))
          .put("creationTimestamp", "2025-06-01T00:00:0" + number + "Z");
      return resource;
    }

    private List<String> shuffled() {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < NAMES; i++) {
        names.add("name-" + i);
      }
      Collections.shuffle(names, random);
      return names;
    }

    /** Of those that there are, or of the clones so far, which make it so or not. */
    private String any(List<String> known) {
      return known.get(random.nextInt(known.size()));
    }

    private String pick(String prefix) {
      return prefix + random.nextInt(NAMES);
    }
  }
}
