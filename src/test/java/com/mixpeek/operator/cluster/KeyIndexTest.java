package com.mixpeek.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.lookup.Keys;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.impl.cache.CacheImpl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  private static final String KEY = Keys.catalogName("ns", "wanted");

  /** What an informer has, by fabric8's own cache. */
  private static final class Shown implements IndexerResourceCache<Collection> {

    private final CacheImpl<Collection> cache = new CacheImpl<>();

    @Override
    public void addIndexers(Map<String, Function<Collection, List<String>>> indexers) {
      cache.addIndexers(indexers);
    }

    @Override
    public List<Collection> byIndex(String name, String key) {
      return cache.byIndex(name, key);
    }

    @Override
    public Optional<Collection> get(ResourceID id) {
      return Optional.ofNullable(cache.getByKey(id.getNamespace().orElse("") + "/" + id.getName()));
    }

    @Override
    public Stream<ResourceID> keys() {
      return Stream.empty();
    }

    @Override
    public Stream<Collection> list(Predicate<Collection> predicate) {
      return cache.list().stream();
    }

    @Override
    public Stream<Collection> list(String namespace, Predicate<Collection> predicate) {
      return cache.list().stream();
    }
  }

  private static Collection collection(String version) {
    Collection collection = new Collection();
    collection.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("ns")
            .withName("one")
            .withResourceVersion(version)
            .build());
    return collection;
  }

  @Test
  void whatIsJustBeingReplacedIsFound() throws Exception {
    Shown shown = new Shown();
    CountDownLatch replacing = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    Thread test = Thread.currentThread();
    KeyIndex<Collection> index =
        new KeyIndex<>(
            shown,
            collection -> {
              if (Thread.currentThread() != test
                  && collection.getMetadata().getResourceVersion().equals("2")) {
                replacing.countDown();
                try {
                  looked.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
              return List.of(KEY);
            });
    shown.cache.put(collection("1"));
    assertThat(index.find(KEY)).hasSize(1);
    CompletableFuture<Void> put =
        CompletableFuture.runAsync(() -> shown.cache.put(collection("2")));
    replacing.await();
    assertThat(shown.byIndex("keys", KEY)).as("what fabric8 finds meanwhile").isEmpty();
    assertThat(index.find(KEY)).hasSize(1);
    looked.countDown();
    put.join();
    assertThat(index.find(KEY)).hasSize(1);
    shown.cache.remove(collection("2"));
    assertThat(index.find(KEY)).isEmpty();
  }
}
