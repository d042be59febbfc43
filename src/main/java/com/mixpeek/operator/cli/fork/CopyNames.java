package com.mixpeek.operator.cli.fork;

import java.util.regex.Pattern;

/**
 * How copies are named after their originals.
 *
 * @param suffix of {@code metadata.name}, of the clone and of what it makes
 * @param catalogSuffix of the catalog name
 */
public record CopyNames(String suffix, String catalogSuffix) {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final int LONGEST_NAME = 253;
  private static final Pattern CATALOG_NAME = Pattern.compile("[A-Za-z0-9_-]{3,100}");

  /**
   * Names with a suffix, and the catalog's with that suffix in its own letters.
   *
   * @param catalogSuffix null for what follows from the suffix
   * @throws ForkRefused if the suffix is empty, which would name the copy as the original
   */
  public static CopyNames of(String suffix, String catalogSuffix) {
    String catalog = catalogSuffix != null ? catalogSuffix : suffix.replaceAll("[-.]", "_");
    if (suffix.isEmpty() || catalog.isEmpty()) {
      throw new ForkRefused("A suffix is empty: the copies would have the originals' names.");
    }
    return new CopyNames(suffix, catalog);
  }

  /** {@code metadata.name} of a member's clone and copy. */
  String name(Member member) {
    String name = member.name() + suffix;
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new ForkRefused(
          ("The copy of %s cannot be named %s: a name has at most 253 lowercase letters, digits, -"
                  + " and ., and begins and ends with a letter or digit. Give another --suffix.")
              .formatted(member, name));
    }
    return name;
  }

  /** The catalog name of a member's copy. */
  String catalogName(Member member) {
    String name = member.catalogName() + catalogSuffix;
    if (member.catalogName().isEmpty() || !CATALOG_NAME.matcher(name).matches()) {
      throw new ForkRefused(
          ("The copy of %s cannot have the %s %s: that has 3 to 100 letters, digits, - and _. Give"
                  + " another --catalog-suffix, or --set %s:%s=….")
              .formatted(
                  member,
                  member.kind().nameField(),
                  name,
                  member.name(),
                  member.kind().nameField()));
    }
    return name;
  }
}
