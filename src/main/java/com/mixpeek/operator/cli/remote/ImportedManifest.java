package com.mixpeek.operator.cli.remote;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.cli.validation.ShippedCrds;
import com.mixpeek.operator.remote.RemoteSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The manifest of something at Mixpeek. It pins the ID and holds only what a user may set, so that
 * applying it changes nothing there.
 *
 * @param file a name for a file that holds it
 */
public record ImportedManifest(String file, ObjectNode content) {

  /**
   * Manifests of all that a Mixpeek namespace has.
   *
   * @param connection of the resources, empty for none
   * @param leftOut is told a sentence for each field that this version does not know
   * @throws MixpeekUnreadable if the API does not answer
   */
  public static List<ImportedManifest> of(
      Account account, Optional<String> connection, Consumer<String> leftOut) {
    List<ImportedManifest> manifests = new ArrayList<>();
    for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
      ResourceNames names = new ResourceNames(kind.name());
      Comparator<ObjectNode> oldestFirst =
          Comparator.comparing((ObjectNode content) -> content.path("created_at").asText())
              .thenComparing(content -> Account.id(kind, content));
      for (ObjectNode content : account.list(kind).stream().sorted(oldestFirst).toList()) {
        String name = names.of(Account.name(kind, content), Account.id(kind, content));
        String unknown = "%s %s: %s is left out: this version does not know it.";
        ObjectNode known =
            ShippedCrds.pruned(
                kind.name(),
                manifest(kind, name, content, connection),
                field -> leftOut.accept(unknown.formatted(kind.name(), name, field)));
        String prefix = HasMetadata.getSingular(kind.resourceType()) + "-";
        manifests.add(new ImportedManifest(prefix + name + ".yaml", known));
      }
    }
    return manifests;
  }

  private static ObjectNode manifest(
      CatalogKind<?, ?> kind, String name, ObjectNode content, Optional<String> connection) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("apiVersion", HasMetadata.getApiVersion(kind.resourceType()));
    manifest.put("kind", kind.name());
    manifest.putObject("metadata").put("name", name);
    ObjectNode given = RemoteSpec.spec(kind, content);
    ObjectNode spec = manifest.putObject("spec");
    spec.set(kind.nameField(), given.remove(kind.nameField()));
    spec.put(kind.idField(), Account.id(kind, content));
    connection.ifPresent(c -> spec.putObject("connectionRef").put("name", c));
    spec.setAll(given);
    return manifest;
  }
}
