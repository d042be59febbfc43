package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.mixpeek.operator.api.Kinds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The CRDs of this version, which are packed with it; each is read when it is first asked for. */
public final class ShippedCrds {

  private static final Map<String, JsonNode> CRDS = new ConcurrentHashMap<>();
  private static final Map<String, CrdValidator> VALIDATORS = new ConcurrentHashMap<>();

  private ShippedCrds() {}

  public static CrdValidator validator(String kind) {
    return VALIDATORS.computeIfAbsent(kind, k -> new CrdValidator(crd(k)));
  }

  /**
   * What the API server stores of a manifest, but for fields that the CRD does not know, which
   * stay: defaults filled in, nulls dropped where none may be. The manifest is only read.
   */
  public static ObjectNode completed(String kind, ObjectNode manifest) {
    StructuralSchema schema = new StructuralSchema(crd(kind).at(CrdValidator.SCHEMA));
    ObjectNode completed = manifest.deepCopy();
    PruningAndDefaulting.complete(schema, completed);
    return completed;
  }

  /**
   * A manifest without the fields that the CRD does not know. The manifest is only read.
   *
   * @param dropped is told the path of each of them
   */
  public static ObjectNode pruned(String kind, ObjectNode manifest, Consumer<String> dropped) {
    ObjectNode pruned = manifest.deepCopy();
    StructuralSchema schema = new StructuralSchema(crd(kind).at(CrdValidator.SCHEMA));
    PruningAndDefaulting.prune(schema, pruned).forEach(v -> dropped.accept(v.field()));
    return pruned;
  }

  private static JsonNode crd(String kind) {
    return CRDS.computeIfAbsent(kind, ShippedCrds::read);
  }

  private static JsonNode read(String kind) {
    String path =
        Kinds.TYPES.stream()
            .filter(type -> type.getSimpleName().equals(kind))
            .map(Kinds::crdPath)
            .findFirst()
            .orElseThrow();
    try (InputStream in =
        Objects.requireNonNull(ShippedCrds.class.getResourceAsStream(path), path)) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
