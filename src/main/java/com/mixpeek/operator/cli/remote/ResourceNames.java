package com.mixpeek.operator.cli.remote;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes {@code metadata.name} of catalog names, each once. What comes first has the plain name, so
 * that something new at Mixpeek renames nothing that was there before.
 */
final class ResourceNames {

  /** Below the 253 that a name may have, so that a file can be named after it. */
  private static final int LONGEST = 200;

  private final String kind;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param kind stands for a catalog name of which nothing is left
   */
  ResourceNames(String kind) {
    this.kind = kind;
  }

  /** {@code product-embeddings}, and where that is taken {@code product-embeddings-1f3a09bc}. */
  String of(String catalogName, String id) {
    String hash = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    String plain = plain(catalogName);
    return Stream.of(plain, plain + "-" + hash.substring(0, 8), plain + "-" + hash)
        .filter(taken::add)
        .findFirst()
        .orElseThrow();
  }

  /** As a DNS subdomain: letters, digits, and single {@code -} and {@code .} between them. */
  private String plain(String catalogName) {
    String name = catalogName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    name = name.substring(0, Math.min(name.length(), LONGEST));
    name = name.replaceAll("-*\\.[-.]*", ".").replaceAll("^[-.]+|[-.]+$", "");
    return name.isEmpty() ? kind.toLowerCase(Locale.ROOT) : name;
  }
}
