package com.mixpeek.operator.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who had it first: one with an ID, then the older, then the lower UID. */
class PrecedenceTest {

  private static final String KEY = Keys.catalogName("production", "wanted");

  private final Collection oldWithId = collection("e", "uid-5", "2020-01-01T00:00:00Z", "col_1");
  private final Collection youngWithId = collection("d", "uid-4", "2021-01-01T00:00:00Z", "col_2");
  private final Collection oldest = collection("c", "uid-3", "2019-01-01T00:00:00Z", null);
  private final Collection lowUid = collection("b", "uid-1", "2022-01-01T00:00:00Z", null);
  private final Collection highUid = collection("a", "uid-2", "2022-01-01T00:00:00Z", null);

  private final List<Collection> inOrder = List.of(oldWithId, youngWithId, oldest, lowUid, highUid);

  @Test
  void theFirstIsTheFirstInWhateverOrderTheyAreFound() {
    Random shuffles = new Random(7);
    for (int from = 0; from < inOrder.size(); from++) {
      List<Collection> rest = new ArrayList<>(inOrder.subList(from, inOrder.size()));
      for (int run = 0; run < 20; run++) {
        Collections.shuffle(rest, shuffles);
        assertThat(Precedence.first(shelf(rest), KEY)).contains(inOrder.get(from));
      }
    }
  }

  @Test
  void oneHasBeforeItExactlyTheFirstOfThoseBeforeIt() {
    assertThat(Precedence.before(oldWithId, shelf(inOrder), KEY)).isEmpty();
    for (Collection later : inOrder.subList(1, inOrder.size())) {
      assertThat(Precedence.before(later, shelf(inOrder), KEY)).contains(oldWithId);
    }
  }

  @Test
  void noneIsBeforeItself() {
    Collection earlierState = collection("a", "uid-2", "2022-01-01T00:00:00Z", "col_3");
    assertThat(Precedence.same(highUid, earlierState)).isTrue();
    assertThat(Precedence.before(highUid, shelf(List.of(earlierState)), KEY)).isEmpty();
  }

  @Test
  void noneIsFoundWhereNoneIs() {
    assertThat(Precedence.first(shelf(List.of()), KEY)).isEmpty();
    assertThat(Precedence.before(highUid, shelf(List.of()), KEY)).isEmpty();
    assertThat(Precedence.first(shelf(inOrder), Keys.catalogName("staging", "wanted"))).isEmpty();
  }

  private static InMemoryLookup<Collection> shelf(List<Collection> collections) {
    return InMemoryLookup.of(CatalogKind.COLLECTION, collections);
  }

  private static Collection collection(String name, String uid, String created, String id) {
    Collection collection = new Collection();
    collection.getMetadata().setName(name);
    collection.getMetadata().setNamespace("production");
    collection.getMetadata().setUid(uid);
    collection.getMetadata().setCreationTimestamp(created);
    collection.getSpec().put("collectionName", "wanted");
    if (id != null) {
      collection.setStatus(new CollectionStatus());
      collection.getStatus().id(id);
    }
    return collection;
  }
}
