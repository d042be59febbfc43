package com.mixpeek.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** One resource as it stands in a file, or in a List there. */
public final class Manifest {

  private final String file;
  private final ObjectNode content;
  private final Node root;
  private final String path;

  /**
   * @param root the nodes of the document, null where there is none
   * @param path where in the document the resource stands: empty, or {@code items[0]}
   */
  Manifest(String file, ObjectNode content, Node root, String path) {
    this.file = file;
    this.content = content;
    this.root = root;
    this.path = path;
  }

  /** A resource that stands in no file. */
  public static Manifest ofCluster(ObjectNode content) {
    return of("cluster", content);
  }

  /**
   * A resource that stands in no file.
   *
   * @param origin said in place of the file
   */
  public static Manifest of(String origin, ObjectNode content) {
    return new Manifest(origin, content, null, "");
  }

  /** The resource; it is only read. */
  public ObjectNode content() {
    return content;
  }

  public String apiVersion() {
    return text(content.path("apiVersion"));
  }

  public String kind() {
    return text(content.path("kind"));
  }

  /** {@code metadata.name}, empty where it is missing or no text. */
  public String name() {
    return text(content.path("metadata").path("name"));
  }

  /** {@code metadata.namespace}, empty where none is given. */
  public String namespace() {
    return text(content.path("metadata").path("namespace"));
  }

  /** Whether it was read from a cluster, which has therefore accepted it. */
  public boolean isExported() {
    return content.path("metadata").path("uid").isTextual();
  }

  /** Where the resource begins. */
  public Location location() {
    return location("");
  }

  /**
   * Where a field stands, or what it is missing from.
   *
   * @param field as the API server names it, {@code spec.overrides.metadata}
   */
  public Location location(String field) {
    if (root == null) {
      return new Location(file, 0, 0);
    }
    Mark mark =
        FieldLocator.find(
            root, path.isEmpty() || field.isEmpty() ? path + field : path + "." + field);
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** {@code CollectionClone product-embeddings-v2}. */
  @Override
  public String toString() {
    String kind = kind().isEmpty() ? "Resource" : kind();
    return name().isEmpty() ? kind + " without a name" : kind + " " + name();
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : "";
  }
}
