package com.mixpeek.operator.faults;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.server.CrdVariant;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** As a newer version may have its CRDs: fields of other types than ours, on a real server. */
class UnreadableOnServerTest {

  @ForEachKind
  void isPassedOver(CatalogKind<?, ?> kind) {
    try (TestNamespace probes = TestNamespace.onRealServer("what cannot be read");
        CrdVariant resources = lax(probes, kind, kind.resourceType());
        CrdVariant clones = lax(probes, kind, kind.cloneType());
        TestNamespace namespace = new TestNamespace(probes.server())) {
      UnreadableTest.check(namespace, kind);
    }
  }

  /** The CRD with fields of any type, but for those that are selected by. */
  private static CrdVariant lax(
      TestNamespace probes, CatalogKind<?, ?> kind, Class<? extends HasMetadata> type) {
    BooleanSupplier effective =
        () ->
            probes
                    .json()
                    .dryRun(
                        JsonResources.json(
                            "{'apiVersion': 'mixpeek.com/v1alpha1', 'kind': '%s', 'spec': {}}"
                                .formatted(type.getSimpleName())))
                    .code()
                == 201;
    return new CrdVariant(
        probes,
        HasMetadata.getPlural(type),
        schema -> {
          schema.setXKubernetesValidations(null);
          schema.getProperties().values().forEach(part -> relax(part, kind));
        },
        effective);
  }

  private static void relax(JSONSchemaProps part, CatalogKind<?, ?> kind) {
    if (part.getProperties() == null) {
      return;
    }
    part.setXKubernetesValidations(null);
    part.setRequired(null);
    JSONSchemaProps any = new JSONSchemaProps();
    any.setXKubernetesPreserveUnknownFields(true);
    Set<String> selected = Set.of(kind.nameField(), kind.idField());
    Map<String, JSONSchemaProps> fields = part.getProperties();
    fields.replaceAll((name, field) -> selected.contains(name) ? field : any);
  }
}
