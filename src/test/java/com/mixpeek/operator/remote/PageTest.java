package com.mixpeek.operator.remote;

import static com.mixpeek.operator.remote.RemoteSamples.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageTest {

  private static final RemoteRequest FIRST = RemoteRequest.list(CatalogKind.TAXONOMY);

  @Test
  void aCursorIsFollowedUntilThereIsNone() {
    ObjectNode answer = object("{\"results\": [{}], \"pagination\": {\"next_cursor\": \"a/b\"}}");
    Page page = page(FIRST, answer);
    assertThat(page.complete()).isTrue();
    assertThat(page.next().orElseThrow().target())
        .isEqualTo("/v1/taxonomies/list?cursor=a%2Fb&limit=100");
    assertThat(page.next().orElseThrow().body()).isEqualTo(FIRST.body());
    Page last = page(page.next().orElseThrow(), full().put("total_count", 1000));
    assertThat(last.next()).isEmpty();
    assertThat(last.complete()).isTrue();
  }

  @Test
  void aCursorThatNamesItselfEndsTheListAndSaysThatItIsNotComplete() {
    ObjectNode answer = object("{\"results\": [{}], \"pagination\": {\"next_cursor\": \"a\"}}");
    Page page = page(FIRST.with("cursor", "a"), answer);
    assertThat(page.next()).isEmpty();
    assertThat(page.complete()).isFalse();
  }

  @Test
  void cursorsThatLeadRoundInACircleEndTheListAndSayThatItIsNotComplete() {
    Set<RemoteRequest> asked = new HashSet<>();
    RemoteRequest second = Page.of(FIRST, cursor("a"), asked).next().orElseThrow();
    RemoteRequest third = Page.of(second, cursor("b"), asked).next().orElseThrow();
    Page page = Page.of(third, cursor("a"), asked);
    assertThat(page.results()).hasSize(1);
    assertThat(page.next()).isEmpty();
    assertThat(page.complete()).isFalse();
  }

  @Test
  void withoutCursorsTheOffsetGrowsWhilePagesAreFull() {
    RemoteRequest second = page(FIRST, full()).next().orElseThrow();
    assertThat(second.target()).isEqualTo("/v1/taxonomies/list?limit=100&offset=100");
    assertThat(page(second, full().put("total_count", 200)).next()).isEmpty();
    assertThat(page(second, full().put("total_count", 201)).next()).isPresent();
    assertThat(page(second, object("{\"results\": [{}, 1]}")))
        .satisfies(page -> assertThat(page.results()).hasSize(1))
        .satisfies(page -> assertThat(page.next()).isEmpty())
        .satisfies(page -> assertThat(page.complete()).isTrue());
  }

  @Test
  void aTotalOfNoMoreThanThePageIsNone() {
    assertThat(page(FIRST, full().put("total_count", 0)).next()).isPresent();
    assertThat(page(FIRST, full().put("total_count", 100)).next()).isPresent();
  }

  @Test
  void moreThanWereAskedForAreAll() {
    ObjectNode answer = full();
    answer.withArray("results").addObject();
    assertThat(page(FIRST, answer).next()).isEmpty();
    assertThat(page(FIRST, answer).complete()).isTrue();
  }

  @Test
  void beyondTheLargestOffsetTheListIsNotComplete() {
    Page page = page(FIRST.with("offset", "10000"), full());
    assertThat(page.next()).isEmpty();
    assertThat(page.complete()).isFalse();
  }

  private static ObjectNode cursor(String next) {
    return object("{\"results\": [{}], \"pagination\": {\"next_cursor\": \"%s\"}}".formatted(next));
  }

  /** One that is the first to be asked for. */
  private static Page page(RemoteRequest asked, ObjectNode answer) {
    return Page.of(asked, answer, new HashSet<>());
  }

  private static ObjectNode full() {
    ObjectNode answer = object("{}");
    var results = answer.putArray("results");
    for (int i = 0; i < RemoteRequest.PAGE; i++) {
      results.addObject();
    }
    return answer;
  }
}
