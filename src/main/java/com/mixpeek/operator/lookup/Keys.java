package com.mixpeek.operator.lookup;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.RemoteStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a resource answers to, each within its namespace.
 *
 * <p>A waiting clone waits for keys of the same form, so that one index finds a resource for a
 * clone and one index finds the clones that a change of a resource concerns.
 */
public final class Keys {

  private static final String NAME = "name";

  /** Those of every namespace. */
  private static final String ANYWHERE = "";

  /** What refers to others by name and has no ID yet, in whatever namespace. */
  public static final String UNRESOLVED = key("unresolved", ANYWHERE, "");

  private Keys() {}

  /** The resource of that {@code metadata.name}. */
  public static String name(String namespace, String name) {
    return key(NAME, namespace, name);
  }

  /** Whether it is a key of {@link #name}. */
  public static boolean isName(String key) {
    return key.startsWith(NAME + "/");
  }

  /** Whether resources of every namespace answer to the key. */
  public static boolean isAnywhere(String key) {
    return key.charAt(key.indexOf('/') + 1) == '/';
  }

  /** The namespace of a key. */
  public static String namespace(String key) {
    return key.split("/", 3)[1];
  }

  /** What the key asks for in its namespace. */
  public static String value(String key) {
    return key.split("/", 3)[2];
  }

  /** Resources of that catalog name. */
  public static String catalogName(String namespace, String catalogName) {
    return key("catalog", namespace, catalogName);
  }

  /** Resources that have that ID or pin it. */
  public static String id(String namespace, String id) {
    return key("id", namespace, id);
  }

  /** What the clone with that UID made, by its label. */
  public static String cloneUid(String namespace, String uid) {
    return key("clone-uid", namespace, uid);
  }

  /** What refers by name to the Collection or Taxonomy of that name. */
  public static String referrers(String kind, String namespace, String name) {
    return key("referrers-" + kind, namespace, name);
  }

  /** What asked Mixpeek for that catalog name with an open outcome, in whatever namespace. */
  public static String attempt(String catalogName) {
    return key("attempt", ANYWHERE, catalogName);
  }

  /** Everything the resource answers to. */
  public static Set<String> of(CatalogKind<?, ?> kind, CatalogResource<?> resource) {
    Set<String> keys = new LinkedHashSet<>(claims(kind, resource));
    String namespace = resource.getMetadata().getNamespace();
    if (resource.getMetadata().getName() != null) {
      keys.add(name(namespace, resource.getMetadata().getName()));
    }
    resource.label(Labels.CLONE_UID).ifPresent(uid -> keys.add(cloneUid(namespace, uid)));
    Optional.ofNullable(resource.remote().attempt())
        .map(RemoteStatus.Attempt::name)
        .ifPresent(name -> keys.add(attempt(name)));
    List<Reference> references = resource.references();
    references.forEach(ref -> keys.add(referrers(ref.kind(), namespace, ref.name())));
    if (!references.isEmpty() && resource.reportedId().isEmpty()) {
      keys.add(UNRESOLVED);
    }
    return keys;
  }

  /** What only one resource of the namespace may have: catalog name, ID, pinned ID. */
  public static Set<String> claims(CatalogKind<?, ?> kind, CatalogResource<?> resource) {
    Set<String> keys = new LinkedHashSet<>();
    String namespace = resource.getMetadata().getNamespace();
    resource.text(kind.nameField()).ifPresent(name -> keys.add(catalogName(namespace, name)));
    resource.text(kind.idField()).ifPresent(id -> keys.add(id(namespace, id)));
    resource.reportedId().ifPresent(id -> keys.add(id(namespace, id)));
    return keys;
  }

  private static String key(String type, String namespace, String value) {
    return type + "/" + namespace + "/" + value;
  }
}
