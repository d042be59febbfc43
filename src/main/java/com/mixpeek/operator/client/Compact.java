package com.mixpeek.operator.client;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/**
 * What caches hold of each resource, in less memory: what is empty, and texts that many have in
 * common, are there once.
 */
final class Compact {

  private Compact() {}

  /** Of metadata. */
  static final class Metadata extends StdConverter<ObjectMeta, ObjectMeta> {

    @Override
    public ObjectMeta convert(ObjectMeta read) {
      read.setNamespace(shared(read.getNamespace()));
      read.setAnnotations(compact(read.getAnnotations()));
      read.setLabels(compact(read.getLabels()));
      read.setFinalizers(compact(read.getFinalizers()));
      read.setOwnerReferences(compact(read.getOwnerReferences()));
      read.setManagedFields(List.of());
      read.setAdditionalProperties(compact(read.getAdditionalProperties()));
      return read;
    }
  }

  /** Of a condition. */
  static final class OneCondition extends StdConverter<Condition, Condition> {

    @Override
    public Condition convert(Condition read) {
      read.setType(shared(read.getType()));
      read.setStatus(shared(read.getStatus()));
      read.setReason(shared(read.getReason()));
      read.setAdditionalProperties(compact(read.getAdditionalProperties()));
      return read;
    }
  }

  private static String shared(String text) {
    return text == null ? null : text.intern();
  }

  private static <V> Map<String, V> compact(Map<String, V> values) {
    return values == null || values.isEmpty() ? Map.of() : values;
  }

  private static <V> List<V> compact(List<V> values) {
    return values == null || values.isEmpty() ? List.of() : values;
  }
}
