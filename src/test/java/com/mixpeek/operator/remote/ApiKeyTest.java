package com.mixpeek.operator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mixpeek.operator.api.CatalogKind;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

  private static final ApiKey KEY = ApiKey.of(RemoteSamples.KEY).orElseThrow();

  @Test
  void itShowsItselfNowhere() {
    Endpoint endpoint = RemoteSamples.endpoint(URI.create("https://api.mixpeek.com"));
    assertThat(
            List.of(
                KEY.toString(),
                endpoint.toString(),
                endpoint.resolve(RemoteRequest.list(CatalogKind.COLLECTION)).toString()))
        .allSatisfy(text -> assertThat(text).doesNotContain("KnownText"));
    assertThatThrownBy(() -> new ObjectMapper().writeValueAsString(KEY))
        .message()
        .doesNotContain("KnownText");
  }

  /** Nor does the JDK, which repeats a header that it cannot send in its exception. */
  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "sk_KnownText\nX: y", "sk_Known Text", "sk_KnownTextä"})
  void whatNoHeaderCarriesIsNoKey(String text) {
    assertThat(ApiKey.of(text)).isEmpty();
  }

  @Test
  void aLastNewlineIsNoPartOfIt() {
    assertThat(ApiKey.of(RemoteSamples.KEY + "\n")).hasValue(KEY);
    assertThat(ApiKey.of("another")).isPresent().get().isNotEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak", "ä"})
  void whatNoHeaderCarriesIsNoNamespace(String namespace) {
    assertThatThrownBy(() -> new Endpoint(URI.create("https://a.b"), namespace, KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("KnownText");
  }
}
