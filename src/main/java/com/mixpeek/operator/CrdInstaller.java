package com.mixpeek.operator;

import com.mixpeek.operator.api.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Puts the CRDs that are inside the jar on a cluster and takes them away, without kubectl. */
public record CrdInstaller(KubernetesClient client) {

  private static final String FIELD_MANAGER = "mixpeek-operator-install";

  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  /** 404, and 429 or 503 with "storage is (re)initializing". */
  private static final Set<Integer> NOT_YET = Set.of(404, 429, 503);

  public List<Class<? extends HasMetadata>> missing() {
    return Kinds.TYPES.stream().filter(type -> !exists(type)).toList();
  }

  /** Puts the CRD of each kind there as this version has it, and returns once all are served. */
  public void put(List<Class<? extends HasMetadata>> kinds) {
    kinds.forEach(this::put);
  }

  /**
   * Takes the CRDs away, and with them every resource that there is of their kinds, as soon as none
   * of those has a finalizer: see {@link #leaving}.
   */
  public void remove(List<Class<? extends HasMetadata>> kinds) {
    kinds.forEach(type -> crd(HasMetadata.getFullResourceName(type)).delete());
  }

  /**
   * Waits for those that are being removed.
   *
   * @return the names of those that are not gone by then, as resources of their kinds have
   *     finalizers
   */
  public List<String> leaving(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<String> leaving = Kinds.TYPES.stream().map(HasMetadata::getFullResourceName).toList();
    while (true) {
      leaving = leaving.stream().filter(this::isLeaving).toList();
      if (leaving.isEmpty() || System.nanoTime() > deadline) {
        return leaving;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private boolean isLeaving(String name) {
    CustomResourceDefinition there = crd(name).get();
    return there != null && there.isMarkedForDeletion();
  }

  /** What would be deleted with the CRDs, as {@code collections.mixpeek.com in default, …}. */
  public List<String> inUse() {
    List<String> found = new ArrayList<>();
    for (Class<? extends HasMetadata> type : Kinds.TYPES) {
      if (exists(type)) {
        Set<String> namespaces = new TreeSet<>();
        for (HasMetadata resource : client.resources(type).inAnyNamespace().list().getItems()) {
          namespaces.add(resource.getMetadata().getNamespace());
        }
        String where =
            namespaces.size() > 3
                ? namespaces.size() + " namespaces"
                : String.join(", ", namespaces);
        if (!namespaces.isEmpty()) {
          found.add(HasMetadata.getFullResourceName(type) + " in " + where);
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
    client
        .resource(crd)
        .waitUntilCondition(CrdInstaller::isEstablished, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitServed(type);
  }

  /** For a moment after a CRD is established the API server still refuses to list its kind. */
  private void awaitServed(Class<? extends HasMetadata> type) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isServed(type, System.nanoTime() > deadline)) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private boolean isServed(Class<? extends HasMetadata> type, boolean tooLate) {
    try {
      client.resources(type).inAnyNamespace().list(new ListOptionsBuilder().withLimit(1L).build());
      return true;
    } catch (KubernetesClientException e) {
      // Who installs need not be who may list.
      boolean forbidden = e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
      if (!forbidden && (tooLate || !NOT_YET.contains(e.getCode()))) {
        throw e;
      }
      return forbidden;
    }
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return Optional.ofNullable(crd)
        .map(CustomResourceDefinition::getStatus)
        .map(CustomResourceDefinitionStatus::getConditions)
        .stream()
        .flatMap(List::stream)
        .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private static CustomResourceDefinition packed(Class<? extends HasMetadata> type) {
    String path = Kinds.crdPath(type);
    try (InputStream in =
        Objects.requireNonNull(CrdInstaller.class.getResourceAsStream(path), path)) {
      return Serialization.unmarshal(in, CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
