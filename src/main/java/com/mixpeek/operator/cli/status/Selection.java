package com.mixpeek.operator.cli.status;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.cli.terminal.TerminalText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which clones are asked after: those of a namespace or of all, or some of them by name. */
public final class Selection {

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  /** By what a clone's kind may be called, in lower case and without the group, its singular. */
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
      String singular = HasMetadata.getSingular(kind.cloneType());
      KINDS.put(singular, singular);
      KINDS.put(HasMetadata.getPlural(kind.cloneType()), singular);
      for (String shortName : kind.cloneType().getAnnotation(ShortNames.class).value()) {
        KINDS.put(shortName, singular);
      }
    }
  }

  /**
   * @param kind empty for both
   */
  private record Name(String kind, String name) {

    boolean selects(CloneRow row) {
      return name.equals(row.name()) && (kind.isEmpty() || kind.equals(row.kind()));
    }

    @Override
    public String toString() {
      return kind.isEmpty() ? name : kind + "/" + name;
    }
  }

  private final String namespace;
  private final List<Name> names;

  /**
   * @param namespace null for all
   * @param names as kubectl takes them, with a kind or without; empty for all
   * @throws IllegalArgumentException with a sentence, if there can be no such namespace or kind
   */
  public Selection(String namespace, List<String> names) {
    this.namespace = namespace == null ? null : namespace(namespace);
    this.names = names.stream().map(Selection::name).toList();
  }

  /**
   * The namespace, unless there can be none of that name: asked for an empty one, a cluster answers
   * with what all of them have.
   *
   * @throws IllegalArgumentException with a sentence
   */
  public static String namespace(String name) {
    if (!NAMESPACE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be the name of a namespace.".formatted(TerminalText.clean(name)));
    }
    return name;
  }

  private static Name name(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new Name("", text);
    }
    String asked = text.substring(0, slash).toLowerCase(Locale.ROOT);
    String kind = KINDS.get(asked.replaceFirst("\\.mixpeek\\.com$", ""));
    if (kind == null) {
      String kinds = String.join("/NAME or ", new LinkedHashSet<>(KINDS.values()));
      throw new IllegalArgumentException(
          "%s is no clone: write NAME, %s/NAME.".formatted(TerminalText.clean(text), kinds));
    }
    return new Name(kind, text.substring(slash + 1));
  }

  /** Null for all namespaces. */
  public String namespace() {
    return namespace;
  }

  public boolean allNamespaces() {
    return namespace == null;
  }

  public boolean selects(CloneRow row) {
    return names.isEmpty() || names.stream().anyMatch(n -> n.selects(row));
  }

  /** A sentence for each name that selects none of these. */
  Stream<String> missing(Collection<CloneRow> rows) {
    return names.stream()
        .filter(n -> rows.stream().noneMatch(n::selects))
        .map(n -> "There is no clone %s%s.".formatted(TerminalText.clean(n.toString()), where()));
  }

  public String none() {
    return "No clones%s.".formatted(where());
  }

  String title() {
    return allNamespaces() ? "Clones in all namespaces" : "Clones" + where();
  }

  private String where() {
    return allNamespaces() ? " in any namespace" : " in namespace " + namespace;
  }
}
