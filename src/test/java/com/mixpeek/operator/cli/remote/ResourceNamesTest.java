package com.mixpeek.operator.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceNamesTest {

  private static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  @ParameterizedTest
  @CsvSource({
    "product_embeddings, product-embeddings",
    "Product-Embeddings_V2, product-embeddings-v2",
    "_draft__two_, draft-two",
    "a.-b..c, a.b.c",
    "größe 1, gr-e-1",
    "___, collection",
  })
  void theNameIsThatOfTheCatalogAsFarAsItCanBe(String catalogName, String name) {
    assertThat(new ResourceNames("Collection").of(catalogName, "col_a")).isEqualTo(name);
  }

  /** What came first keeps the plain name, and the others are told apart by their IDs. */
  @Test
  void whatClashesGetsASuffix() {
    ResourceNames names = new ResourceNames("Collection");
    String second = "a-b-" + suffix("col_2");
    assertThat(List.of(names.of("a_b", "col_1"), names.of("A-b", "col_2")))
        .containsExactly("a-b", second);
    assertThat(names.of(second, "col_3")).isEqualTo(second + "-" + suffix("col_3"));
    assertThat(names.of("a__b", "col_4")).isEqualTo("a-b-" + suffix("col_4"));
  }

  @Property
  void eachIsAValidNameOfItsOwnAndTheSameEachTime(
      @ForAll("catalogNames") List<String> catalogNames) {
    List<String> names = names(catalogNames);
    Set<String> distinct = new HashSet<>(names);
    assertThat(distinct).hasSameSizeAs(catalogNames).allMatch(name -> name.matches(SUBDOMAIN));
    assertThat(distinct).allMatch(name -> name.length() <= 240);
    assertThat(names(catalogNames)).isEqualTo(names);
  }

  @Provide
  Arbitrary<List<String>> catalogNames() {
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(300);
    Arbitrary<String> alike = Arbitraries.strings().withChars("aA_-.1").ofMaxLength(5);
    return Arbitraries.oneOf(any, alike).list().ofMaxSize(30);
  }

  private static List<String> names(List<String> catalogNames) {
    ResourceNames names = new ResourceNames("Collection");
    List<String> made = new ArrayList<>();
    catalogNames.forEach(name -> made.add(names.of(name, "col_" + made.size())));
    return made;
  }

  /** Of a name that is taken, made for that ID. */
  private static String suffix(String id) {
    ResourceNames names = new ResourceNames("Collection");
    names.of("x", "");
    return names.of("x", id).substring(2);
  }
}
