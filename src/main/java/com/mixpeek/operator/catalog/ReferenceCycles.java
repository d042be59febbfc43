package com.mixpeek.operator.catalog;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reference;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the resources that wait for each other's IDs do so in a circle, found in one pass over
 * all of them (Tarjan's strongly connected components), however long the circles are.
 */
public final class ReferenceCycles {

  /** No circle is known of. */
  public static final ReferenceCycles NONE = new ReferenceCycles(List.of());

  /** A circle may have ten thousand members; a message shows the first ones. */
  private static final int MOST_SHOWN = 6;

  /** A reference from one that waits to another. */
  private record Step(Reference reference, String to) {}

  private final Map<String, CatalogResource<?>> resources = new HashMap<>();
  private final Map<String, List<Step>> steps = new LinkedHashMap<>();

  /** By member of a circle the step to the next member. */
  private final Map<String, Step> next = new HashMap<>();

  private final Map<String, Integer> found = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final Set<String> isOpen = new HashSet<>();

  private ReferenceCycles(Collection<? extends CatalogResource<?>> waiting) {
    waiting.forEach(resource -> resources.put(key(resource), resource));
    resources.forEach((key, resource) -> steps.put(key, steps(resource)));
    steps.keySet().stream().filter(key -> !found.containsKey(key)).forEach(this::search);
    found.clear();
    lowest.clear();
    steps.clear();
    // All others may be gone by the next look, which may never come.
    resources.keySet().retainAll(next.keySet());
  }

  /**
   * The circles among these.
   *
   * @param waiting resources that refer to others by name and have no ID
   */
  public static ReferenceCycles of(Collection<? extends CatalogResource<?>> waiting) {
    return new ReferenceCycles(waiting);
  }

  /** All that are members of a circle. */
  public List<CatalogResource<?>> members() {
    return next.keySet().stream().<CatalogResource<?>>map(resources::get).toList();
  }

  /** The resource as it was when it was found to be a member of a circle. */
  public Optional<CatalogResource<?>> member(CatalogResource<?> resource) {
    String key = key(resource);
    return Optional.ofNullable(next.containsKey(key) ? resources.get(key) : null);
  }

  /** The reference that makes the resource a member of a circle, empty where it is in none. */
  Optional<Reference> closing(CatalogResource<?> resource) {
    return Optional.ofNullable(next.get(key(resource))).map(Step::reference);
  }

  /** {@code Collection a → Collection b → Collection a}. */
  String path(CatalogResource<?> resource) {
    String start = key(resource);
    Set<String> passed = new LinkedHashSet<>();
    String at = start;
    while (passed.size() < MOST_SHOWN && passed.add(at)) {
      at = next.get(at).to();
    }
    String way = passed.stream().map(this::name).collect(Collectors.joining(" → "));
    return way + (at.equals(start) ? "" : " → …") + " → " + name(start);
  }

  private String name(String key) {
    CatalogResource<?> resource = resources.get(key);
    return resource.getKind() + " " + resource.getMetadata().getName();
  }

  private List<Step> steps(CatalogResource<?> resource) {
    String namespace = resource.getMetadata().getNamespace();
    return resource.references().stream()
        .map(ref -> new Step(ref, key(ref.kind(), namespace, ref.name())))
        .filter(step -> resources.containsKey(step.to()))
        .toList();
  }

  /** Without recursion: a chain may be longer than a stack. */
  private void search(String root) {
    Deque<String> path = new ArrayDeque<>();
    Deque<Iterator<Step>> ahead = new ArrayDeque<>();
    enter(root, path, ahead);
    while (!path.isEmpty()) {
      String at = path.peek();
      if (ahead.peek().hasNext()) {
        String to = ahead.peek().next().to();
        if (!found.containsKey(to)) {
          enter(to, path, ahead);
        } else if (isOpen.contains(to)) {
          lowest.merge(at, found.get(to), Math::min);
        }
      } else {
        path.pop();
        ahead.pop();
        if (!path.isEmpty()) {
          lowest.merge(path.peek(), lowest.get(at), Math::min);
        }
        if (lowest.get(at).equals(found.get(at))) {
          close(at);
        }
      }
    }
  }

  private void enter(String key, Deque<String> path, Deque<Iterator<Step>> ahead) {
    found.put(key, found.size());
    lowest.put(key, found.get(key));
    open.push(key);
    isOpen.add(key);
    path.push(key);
    ahead.push(steps.get(key).iterator());
  }

  /** All that were found since are one component: a circle if one of them refers to one of them. */
  private void close(String first) {
    Set<String> component = new HashSet<>();
    String member;
    do {
      member = open.pop();
      isOpen.remove(member);
      component.add(member);
    } while (!member.equals(first));
    for (String key : component) {
      steps.get(key).stream()
          .filter(step -> component.contains(step.to()))
          .findFirst()
          .ifPresent(step -> next.put(key, step));
    }
  }

  private static String key(CatalogResource<?> resource) {
    var metadata = resource.getMetadata();
    return key(resource.getKind(), metadata.getNamespace(), metadata.getName());
  }

  private static String key(String kind, String namespace, String name) {
    return kind + "/" + namespace + "/" + name;
  }
}
