package com.mixpeek.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StringInternerTest {

  @Test
  void equalStringsBecomeOne() {
    String first = StringInterner.intern(copy("name"));
    assertThat(StringInterner.intern(copy("name"))).isSameAs(first);
    assertThat(StringInterner.intern(copy("other"))).isEqualTo("other");
    assertThat(StringInterner.intern(null)).isNull();
  }

  @Test
  void whatIsLongOrLongAgoIsNotKept() {
    String text = copy("x".repeat(200));
    StringInterner.intern(copy(text));
    assertThat(StringInterner.intern(text)).isSameAs(text);

    StringInterner.intern(copy("forgotten"));
    for (int i = 0; i < 100_000; i++) {
      StringInterner.intern("another " + i);
    }
    String again = copy("forgotten");
    assertThat(StringInterner.intern(again)).isSameAs(again);
  }

  private static String copy(String text) {
    return new String(text.toCharArray());
  }
}
