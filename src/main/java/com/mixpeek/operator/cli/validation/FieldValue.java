package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value with its schema, where it stands, and what stood there before.
 *
 * <p>What the old value of a list's item is can only be said where the list has keys: items of any
 * other list have none, so their transition rules are not asked.
 *
 * @param path as in {@code spec.source.bucketIds[0]}
 * @param old null on create, and where no old value corresponds to this one
 * @param unchanged whether this value or one around it is what it was: the API server then lets an
 *     old fault pass ("ratcheting"), so that a stricter CRD does not lock what is stored already
 */
record FieldValue(
    String path, StructuralSchema schema, JsonNode value, JsonNode old, boolean unchanged) {

  static FieldValue root(StructuralSchema schema, JsonNode value, JsonNode old) {
    return new FieldValue("", schema, value, old, value.equals(old));
  }

  Optional<FieldValue> field(String name) {
    String at =
        schema.declares(name) ? path.isEmpty() ? name : path + "." + name : path + "[" + name + "]";
    return schema
        .field(name)
        .map(child -> below(at, child, value.get(name), old == null ? null : old.get(name)));
  }

  Optional<FieldValue> item(int index) {
    return schema
        .items()
        .map(
            child ->
                below(path + "[" + index + "]", child, value.get(index), before(value.get(index))));
  }

  /** The places right below this one, as far as the CRD describes them. */
  List<FieldValue> children() {
    List<FieldValue> children = new ArrayList<>();
    if (value.isObject()) {
      value.fieldNames().forEachRemaining(name -> field(name).ifPresent(children::add));
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      item(i).ifPresent(children::add);
    }
    return children;
  }

  private FieldValue below(String at, StructuralSchema child, JsonNode now, JsonNode before) {
    JsonNode was = before == null || before.isNull() ? null : before;
    return new FieldValue(at, child, now, was, unchanged || now != null && now.equals(was));
  }

  private JsonNode before(JsonNode item) {
    List<String> keys = schema.mapKeys();
    if (keys.isEmpty() || old == null || item == null) {
      return null;
    }
    return old.valueStream()
        .filter(was -> keys.stream().allMatch(key -> was.path(key).equals(item.path(key))))
        .findFirst()
        .orElse(null);
  }
}
