package com.mixpeek.operator.faults.soak;

import static com.mixpeek.operator.faults.soak.Json.mark;
import static com.mixpeek.operator.faults.soak.Json.name;
import static com.mixpeek.operator.faults.soak.Json.text;
import static com.mixpeek.operator.faults.soak.Json.uid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that was to be seen of a namespace, event by event; what may never happen is a problem. */
final class History implements AutoCloseable {

  private final List<String> problems = new ArrayList<>();

  /** By the UID of a resource or clone: what was told, and is never taken back. */
  private final Map<String, String> ids = new HashMap<>();

  private final Map<String, String> targetNames = new HashMap<>();
  private final Map<String, Long> toldAt = new HashMap<>();

  /** What the operator made, as it is now. */
  private final Map<String, JsonNode> targets = new HashMap<>();

  /** Of resources, by ID and generation. */
  private final Map<String, Set<ObjectNode>> specs = new HashMap<>();

  /** Of clones, by digest. */
  private final Map<String, ObjectNode> overrides = new HashMap<>();

  private final Consumer<String> said;
  private final List<Watch> watches;

  /**
   * @param said is told of each reason that is seen
   */
  History(
      KubernetesClient client, String namespace, CatalogKind<?, ?> kind, Consumer<String> said) {
    this.said = said;
    watches =
        Stream.of(kind.resourceType(), kind.cloneType())
            .map(type -> watch(client, namespace, type))
            .toList();
  }

  private Watch watch(
      KubernetesClient client, String namespace, Class<? extends HasMetadata> type) {
    return client
        .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(type))
        .inNamespace(namespace)
        .watch(
            new Watcher<GenericKubernetesResource>() {
              @Override
              public void eventReceived(Action action, GenericKubernetesResource resource) {
                see(action, JsonResources.JSON.valueToTree(resource));
              }

              @Override
              public void onClose(WatcherException cause) {
                // The test is over.
              }
            });
  }

  private synchronized void see(Watcher.Action action, JsonNode seen) {
    said.accept(JsonResources.reason(seen));
    keep(ids, seen, "ID", Contract.idOf(seen));
    if (text(seen, "/kind").endsWith("Clone")) {
      keep(targetNames, seen, "targetName", text(seen, "/status/targetName"));
      if (!text(seen, "/status/targetName").isEmpty()) {
        toldAt.putIfAbsent(uid(seen), Json.version(seen));
      }
      overrides.put(Json.digest(seen.get("spec")), (ObjectNode) seen.at("/spec/overrides"));
    } else {
      specs
          .computeIfAbsent(
              Contract.idOf(seen) + "/" + text(seen, "/metadata/generation"),
              generation -> new HashSet<>())
          .add((ObjectNode) seen.get("spec"));
      if (World.isMadeByOperator(seen)) {
        target(action, seen);
      }
    }
  }

  private void keep(Map<String, String> told, JsonNode seen, String what, String now) {
    String before = told.getOrDefault(uid(seen), "");
    if (!before.isEmpty() && !before.equals(now)) {
      problems.add(
          "%s %s had the %s %s, and then %s"
              .formatted(text(seen, "/kind"), name(seen), what, before, now));
    }
    told.put(uid(seen), now);
  }

  private void target(Watcher.Action action, JsonNode seen) {
    if (action == Watcher.Action.DELETED) {
      targets.remove(uid(seen));
      return;
    }
    targets.put(uid(seen), seen);
    targets.values().stream()
        .filter(other -> !mark(seen).isEmpty() && mark(other).equals(mark(seen)))
        .filter(other -> !uid(other).equals(uid(seen)))
        .forEach(
            other ->
                problems.add("one clone has made %s and %s".formatted(name(other), name(seen))));
    if (action == Watcher.Action.ADDED
        && toldAt.getOrDefault(mark(seen), Long.MAX_VALUE) < Json.version(seen)) {
      problems.add("a clone that had told of a target has made %s".formatted(name(seen)));
    }
  }

  /** Whether the resource or clone with that UID has told an ID. */
  synchronized boolean hasTold(String uid) {
    return !ids.getOrDefault(uid, "").isEmpty();
  }

  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * The specs that a target may have by its annotations; none where its order is unknown. There are
   * several where the source was deleted and created anew with the ID that it pins.
   */
  synchronized Set<JsonNode> specsOf(JsonNode target, CatalogKind<?, ?> kind) {
    ObjectNode overridden = overrides.get(Json.annotation(target, "clone-digest"));
    if (overridden == null) {
      return Set.of();
    }
    String generation =
        Json.annotation(target, "source-id") + "/" + Json.annotation(target, "source-generation");
    return specs.getOrDefault(generation, Set.of()).stream()
        .map(
            source -> {
              ObjectNode spec = source.deepCopy();
              spec.remove(kind.idField());
              return spec.<ObjectNode>setAll(overridden);
            })
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
