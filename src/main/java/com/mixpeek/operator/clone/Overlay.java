package com.mixpeek.operator.clone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.DeletionPolicy;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.TargetMetadata;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a clone makes of its source: the new resource, built without touching either. */
public final class Overlay {

  private Overlay() {}

  /**
   * The resource that the clone makes of the source.
   *
   * @param source is only read; its ID and generation are written on the result
   */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>> R resource(
      CatalogKind<C, R> kind, C clone, R source) {
    R target = kind.newResource().get();
    target.setMetadata(metadata(kind, clone, source));
    target.setSpec(spec(kind, source.getSpec(), clone.getSpec().getOverrides()));
    return target;
  }

  /**
   * The source's spec with the overrides laid over it: a field given replaces the whole field, a
   * field absent or null is copied. The identity and {@code deletionPolicy} are not copied, nor is
   * {@code inputSchema} where {@code source} is overridden, for it described the old one.
   */
  public static ObjectNode spec(
      CatalogKind<?, ?> kind, ObjectNode sourceSpec, ObjectNode overrides) {
    ObjectNode spec = sourceSpec.deepCopy();
    spec.remove(kind.idField());
    // Nobody asked that what is copied be deleted at Mixpeek with the copy.
    spec.remove("deletionPolicy");
    for (String field : overridden(kind, overrides)) {
      spec.set(field, overrides.get(field).deepCopy());
      if (field.equals("source")) {
        spec.remove("inputSchema");
      }
    }
    return spec;
  }

  /**
   * The fields that are overridden: those that are known in their order, then those that a newer
   * version may know.
   */
  public static List<String> overridden(CatalogKind<?, ?> kind, ObjectNode overrides) {
    List<String> fields = new ArrayList<>(kind.overridable());
    for (Map.Entry<String, JsonNode> entry : overrides.properties()) {
      if (!fields.contains(entry.getKey()) && !entry.getKey().equals(kind.idField())) {
        fields.add(entry.getKey());
      }
    }
    fields.removeIf(field -> !overrides.hasNonNull(field));
    return fields;
  }

  private static ObjectMeta metadata(
      CatalogKind<?, ?> kind, CloneResource<?> clone, CatalogResource<?> source) {
    Map<String, String> labels = new TreeMap<>();
    Map<String, String> annotations = new TreeMap<>();
    TargetMetadata asked = clone.getSpec().getTargetMetadata();
    if (asked != null && asked.getLabels() != null) {
      labels.putAll(asked.getLabels());
    }
    if (asked != null && asked.getAnnotations() != null) {
      annotations.putAll(asked.getAnnotations());
      // Those that get no value here are nobody else's to give either.
      annotations.keySet().removeAll(Annotations.ALL);
    }
    labels.put(Labels.MANAGED_BY, Labels.OPERATOR);
    labels.put(Labels.CLONE_UID, clone.getMetadata().getUid());
    annotations.put(Annotations.CLONED_BY, clone.getMetadata().getName());
    if (source.getMetadata().getName() != null) {
      annotations.put(Annotations.SOURCE_NAME, source.getMetadata().getName());
    }
    source.reportedId().ifPresent(id -> annotations.put(Annotations.SOURCE_ID, id));
    if (source.getMetadata().getGeneration() != null) {
      annotations.put(
          Annotations.SOURCE_GENERATION, Long.toString(source.getMetadata().getGeneration()));
    }
    annotations.put(Annotations.CLONE_DIGEST, Digest.of(clone.getSpec()));
    if (source.connection().isPresent()) {
      List<String> fields = overridden(kind, clone.getSpec().getOverrides());
      annotations.put(Annotations.OVERRIDDEN_FIELDS, String.join(",", fields));
    }
    return new ObjectMetaBuilder()
        .withName(clone.targetName())
        .withNamespace(clone.getMetadata().getNamespace())
        .withLabels(labels)
        .withAnnotations(annotations)
        .withOwnerReferences(owners(clone, List.of()))
        .build();
  }

  /**
   * The owners that the target is to have: those of others as they are, the clone by its policy.
   */
  public static List<OwnerReference> owners(CloneResource<?> clone, List<OwnerReference> present) {
    List<OwnerReference> owners = new ArrayList<>(present);
    boolean delete = clone.getSpec().getDeletionPolicy() == DeletionPolicy.Delete;
    boolean owned = owners.stream().anyMatch(o -> owns(clone, o));
    if (delete && !owned) {
      owners.add(
          new OwnerReferenceBuilder()
              .withApiVersion(clone.getApiVersion())
              .withKind(clone.getKind())
              .withName(clone.getMetadata().getName())
              .withUid(clone.getMetadata().getUid())
              .build());
    } else if (!delete) {
      owners.removeIf(o -> owns(clone, o));
    }
    return owners;
  }

  static boolean owns(HasMetadata clone, OwnerReference owner) {
    return clone.getMetadata().getUid().equals(owner.getUid());
  }
}
