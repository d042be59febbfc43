package com.mixpeek.operator.cluster;

import com.mixpeek.operator.lookup.Keys;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds what informers show by keys. fabric8's own index (7.6.1) is read without a lock, and while
 * a resource is replaced by its next state, it is there under none of its keys for as long as those
 * of the next state take to be found: who looks just then is told that there is no such resource.
 *
 * @param <P> the resource type
 */
public final class KeyIndex<P extends HasMetadata> {

  private static final String NAME = "keys";

  private final IndexerResourceCache<P> shown;
  private final Function<P, ? extends Collection<String>> keys;

  /**
   * By namespace the resource whose keys were asked for last. In each cache one is put at a time,
   * and its keys are asked for before they are taken out and again before they are put back: so no
   * other one can be missing.
   */
  private final Map<String, Put> last = new ConcurrentHashMap<>();

  /** One asking for a resource's keys, and no other. */
  private static final class Put {

    private final ResourceID id;

    private Put(ResourceID id) {
      this.id = id;
    }
  }

  /**
   * @param shown what informers show; before they start
   * @param keys of a resource, by which it is found
   */
  public KeyIndex(IndexerResourceCache<P> shown, Function<P, ? extends Collection<String>> keys) {
    this.shown = shown;
    this.keys = keys;
    shown.addIndexers(Map.of(NAME, this::indexed));
  }

  private List<String> indexed(P resource) {
    last.put(resource.getMetadata().getNamespace(), new Put(ResourceID.fromResource(resource)));
    return List.copyOf(keys.apply(resource));
  }

  /** All that answer to the key. */
  public List<P> find(String key) {
    while (true) {
      List<Put> before = last(key);
      List<P> found = shown.byIndex(NAME, key);
      if (before.equals(last(key))) {
        return with(found, before, key);
      }
    }
  }

  private List<Put> last(String key) {
    if (Keys.isAnywhere(key)) {
      return List.copyOf(last.values());
    }
    Put put = last.get(Keys.namespace(key));
    return put == null ? List.of() : List.of(put);
  }

  private List<P> with(List<P> found, List<Put> puts, String key) {
    List<P> all = new ArrayList<>(found);
    for (Put put : puts) {
      if (found.stream().map(ResourceID::fromResource).noneMatch(put.id::equals)) {
        shown.get(put.id).filter(now -> keys.apply(now).contains(key)).ifPresent(all::add);
      }
    }
    return all;
  }
}
