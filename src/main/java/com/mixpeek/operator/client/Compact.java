package com.mixpeek.operator.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.mixpeek.operator.api.StringInterner;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What caches hold of each resource, in less memory: strings that several have in common are there
 * once, and maps and lists are as large as what is in them.
 */
final class Compact {

  private Compact() {}

  /** Any string. */
  static final class Text extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    Text() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return StringInterner.intern(StringDeserializer.instance.deserialize(parser, context));
    }
  }

  /** Of metadata. */
  static final class Metadata extends StdConverter<ObjectMeta, ObjectMeta> {

    @Override
    public ObjectMeta convert(ObjectMeta read) {
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
      read.setAdditionalProperties(compact(read.getAdditionalProperties()));
      return read;
    }
  }

  /**
   * A map of Java's own takes a third of a linked one; it takes no null, which a faulty server may
   * send.
   */
  private static <V> Map<String, V> compact(Map<String, V> read) {
    if (read == null || read.isEmpty()) {
      return Map.of();
    }
    return read.containsValue(null) ? read : Map.copyOf(read);
  }

  private static <V> List<V> compact(List<V> read) {
    if (read == null || read.isEmpty()) {
      return List.of();
    }
    return read.contains(null) ? read : List.copyOf(read);
  }
}
