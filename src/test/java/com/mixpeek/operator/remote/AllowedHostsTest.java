package com.mixpeek.operator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

  private static final AllowedHosts HOSTS =
      new AllowedHosts(
          Set.of("api.mixpeek.com", "localhost", "127.0.0.1", "[::1]", "plain.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.mixpeek.com",
        "https://API.mixpeek.com/",
        "https://api.mixpeek.com:8443/prefix",
        "http://localhost:8080",
        "http://127.0.0.1:1",
        "http://[::1]:8080/",
      })
  void keysMayBeSentThere(String url) {
    assertThat(HOSTS.problem(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.mixpeek.com",
        "https://",
        "https://evil.example",
        "https://api.mixpeek.com.evil.example",
        "https://evil.example/api.mixpeek.com",
        "https://api.mixpeek.com@evil.example",
        "https://user:pw@api.mixpeek.com",
        "https://api.mixpeek.com\\@evil.example",
        "https://api.mixpeek.com?x=y",
        "https://api.mixpeek.com#x",
        "http://api.mixpeek.com",
        "http://plain.example",
        "http://127.0.0.2",
        "http://localhost.evil.example",
        "ftp://api.mixpeek.com",
        "https://api.mixpeek.com:0",
        "https://api.mixpeek.com:99999",
        "file:///etc/passwd",
      })
  void keysAreNotSentThere(String url) {
    assertThat(HOSTS.problem(url)).hasValueSatisfying(said -> assertThat(said).endsWith("."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost", "https://127.0.0.1"})
  void thisMachineIsNotAmongThemUnlessItIsSaid(String url) {
    assertThat(AllowedHosts.STANDARD.problem(url)).isPresent();
    assertThat(AllowedHosts.STANDARD_AND_LOOPBACK.problem(url)).isEmpty();
  }
}
