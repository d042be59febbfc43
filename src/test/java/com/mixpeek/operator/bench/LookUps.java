package com.mixpeek.operator.bench;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.lookup.Keys;
import io.fabric8.kubernetes.client.informers.impl.cache.CacheImpl;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A look-up in an informer's index, which takes as long however many resources there are. */
@State(Scope.Benchmark)
public class LookUps {

  private static final String INDEX = "keys";

  @Param({"1000", "100000"})
  public int resources;

  private final CacheImpl<Collection> cache = new CacheImpl<>();
  private String[] keys;
  private int next;

  /** Fills the index as an informer does. */
  @Setup
  public void fill() {
    cache.addIndexers(Map.of(INDEX, c -> List.copyOf(Keys.of(CatalogKind.COLLECTION, c))));
    for (int i = 0; i < resources; i++) {
      cache.put(Workload.collection("bench", "collection-" + i, 0));
    }
    keys =
        IntStream.range(0, 1000)
            .mapToObj(i -> Keys.catalogName("bench", "collection_" + i * (resources / 1000)))
            .toArray(String[]::new);
  }

  @Benchmark
  public List<Collection> lookUp() {
    next = (next + 1) % keys.length;
    List<Collection> found = cache.byIndex(INDEX, keys[next]);
    if (found.size() != 1) {
      throw new IllegalStateException("There are " + found.size() + " of " + keys[next]);
    }
    return found;
  }
}
