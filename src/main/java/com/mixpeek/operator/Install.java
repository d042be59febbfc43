package com.mixpeek.operator;

import com.mixpeek.operator.api.CatalogKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Puts the CRDs that are inside the jar on a cluster and takes them away, without kubectl. */
public final class Install {

  private static final String FIELD_MANAGER = "mixpeek-operator-install";

  private static final List<Class<? extends HasMetadata>> KINDS =
      Stream.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY)
          .flatMap(kind -> Stream.of(kind.resourceType(), kind.cloneType()))
          .<Class<? extends HasMetadata>>map(type -> type)
          .toList();

  private final KubernetesClient client;

  public Install(KubernetesClient client) {
    this.client = client;
  }

  /** The kinds whose CRDs are not there. */
  public List<Class<? extends HasMetadata>> missing() {
    return KINDS.stream().filter(type -> !exists(type)).toList();
  }

  /** Puts each CRD there as this version has it, and returns once all are served. */
  public void putAll() {
    put(KINDS);
  }

  /** The same for some of the kinds. */
  public void put(List<Class<? extends HasMetadata>> kinds) {
    kinds.forEach(this::put);
  }

  /** Takes all CRDs away, and with them every resource that there is of the four kinds. */
  public void removeAll() {
    remove(KINDS);
  }

  /** The same for some of the kinds. */
  public void remove(List<Class<? extends HasMetadata>> kinds) {
    kinds.forEach(type -> crd(HasMetadata.getFullResourceName(type)).delete());
  }

  /** What would be deleted with the CRDs, as {@code collections.mixpeek.com in default, …}. */
  public List<String> inUse() {
    List<String> found = new ArrayList<>();
    for (Class<? extends HasMetadata> type : KINDS) {
      if (exists(type)) {
        List<String> namespaces =
            client.resources(type).inAnyNamespace().list().getItems().stream()
                .map(r -> r.getMetadata().getNamespace())
                .distinct()
                .sorted()
                .toList();
        if (!namespaces.isEmpty()) {
          found.add(
              "%s in %s"
                  .formatted(
                      HasMetadata.getFullResourceName(type),
                      namespaces.size() > 3
                          ? namespaces.size() + " namespaces"
                          : String.join(", ", namespaces)));
        }
      }
    }
    return found;
  }

  private boolean exists(Class<? extends HasMetadata> type) {
    return crd(HasMetadata.getFullResourceName(type)).get() != null;
  }

  private Resource<CustomResourceDefinition> crd(String name) {
    return client.apiextensions().v1().customResourceDefinitions().withName(name);
  }

  private void put(Class<? extends HasMetadata> type) {
    CustomResourceDefinition crd = packed(type);
    client.resource(crd).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    client.resource(crd).waitUntilCondition(Install::served, 30, TimeUnit.SECONDS);
  }

  private static boolean served(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private static CustomResourceDefinition packed(Class<? extends HasMetadata> type) {
    String path = "/crds/" + HasMetadata.getFullResourceName(type) + ".yaml";
    try (InputStream in = Objects.requireNonNull(Install.class.getResourceAsStream(path), path)) {
      return Serialization.unmarshal(in, CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
