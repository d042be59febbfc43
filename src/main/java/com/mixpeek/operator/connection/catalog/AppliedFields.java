package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.RemoteSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers which state of each changeable field was sent, so that only what is changed in the spec
 * is sent again, and what somebody else changes at Mixpeek is not written over.
 */
final class AppliedFields {

  private static final int BYTES = 8;

  private AppliedFields() {}

  /** The same but for some fields. */
  static Map<String, String> without(Map<String, String> applied, Collection<String> fields) {
    Map<String, String> others = new TreeMap<>(applied);
    others.keySet().removeAll(fields);
    return others;
  }

  /** All changeable fields of the spec. */
  static Map<String, String> all(CatalogKind<?, ?> kind, ObjectNode spec) {
    Map<String, String> applied = new TreeMap<>();
    for (String field : RemoteSpec.changeable(kind, spec)) {
      applied.put(field, digest(spec.get(field).toString()));
    }
    return applied;
  }

  /** The fields of the spec that are not as they were sent. */
  static List<String> changed(
      CatalogKind<?, ?> kind, ObjectNode spec, Map<String, String> applied) {
    Map<String, String> now = all(kind, spec);
    return now.keySet().stream()
        .filter(field -> !now.get(field).equals(applied.get(field)))
        .toList();
  }

  private static String digest(String json) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
