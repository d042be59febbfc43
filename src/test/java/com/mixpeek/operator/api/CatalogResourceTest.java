package com.mixpeek.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class CatalogResourceTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A second tree would be seen by others without what is in it. */
  @Test
  void ofManyWhoLookIntoASpecAllSeeOneTree() throws Exception {
    String json =
        "{\"spec\": {\"collectionName\": \"n\", \"metadata\": {\"a\": \""
            + "x".repeat(2000)
            + "\"}}}";
    for (int i = 0; i < 2000; i++) {
      Collection collection = MAPPER.readValue(json, Collection.class);
      CyclicBarrier start = new CyclicBarrier(2);
      CompletableFuture<ObjectNode> other =
          CompletableFuture.supplyAsync(() -> spec(collection, start));
      ObjectNode one = spec(collection, start);
      assertThat(other.join()).isSameAs(one);
    }
  }

  private static ObjectNode spec(Collection collection, CyclicBarrier start) {
    try {
      start.await();
      return collection.getSpec();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
