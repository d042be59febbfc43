package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees with kubectl and nothing else: columns, selectors, waits, explanations. */
class KubectlShowsOnServerTest {

  private static final String KINDS = "com.mixpeek.operator.server.Manifests#kinds";

  @ParameterizedTest
  @MethodSource(KINDS)
  void columns(CatalogKind<?, ?> kind) {
    boolean collection = Manifests.isCollection(kind);
    try (Scene scene = new Scene("the columns of kubectl get")) {
      Kubectl kubectl = Kubectl.orSkip(scene);
      done(scene, kind);
      String id = scene.get(sources(kind) + "/origin").at("/status/" + kind.idField()).asText();
      String copied = scene.get(clones(kind) + "/copy").at("/status/" + kind.idField()).asText();
      String shortName = collection ? "coll" : "tax";

      List<String> clone = List.of("NAME", "SOURCE", "TARGET", "ID", "READY", "REASON", "AGE");
      assertThat(table(kubectl, shortNameOfClone(kind), "copy").get(0)).isEqualTo(clone);
      assertThat(table(kubectl, shortNameOfClone(kind), "copy", "-o", "wide").get(0))
          .isEqualTo(clone);
      assertThat(table(kubectl, shortNameOfClone(kind), "copy").get(1).subList(0, 6))
          .isEqualTo(List.of("copy", "origin", "copy", copied, "True", "Cloned"));
      assertThat(table(kubectl, shortNameOfClone(kind), "by-name").get(1).subList(1, 2))
          .isEqualTo(List.of("origin_name"));

      String title = collection ? "COLLECTION" : "TAXONOMY";
      assertThat(table(kubectl, shortName, "origin").get(0))
          .isEqualTo(List.of("NAME", title, "ID", "READY", "AGE"));
      assertThat(table(kubectl, shortName, "origin").get(1).subList(0, 4))
          .isEqualTo(List.of("origin", "origin_name", id, "True"));
      List<List<String>> wide = table(kubectl, shortName, "origin", "-o", "wide");
      assertThat(wide.get(0).subList(5, wide.get(0).size()))
          .isEqualTo(collection ? List.of("EXTRACTOR", "SOURCE") : List.of("TYPE"));
      assertThat(wide.get(1).subList(5, wide.get(1).size()))
          .isEqualTo(collection ? List.of("text_extractor", "bucket") : List.of("flat"));
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void selectorsAndWaits(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("field selectors and kubectl wait")) {
      Kubectl kubectl = Kubectl.orSkip(scene);
      done(scene, kind);
      String id = scene.get(clones(kind) + "/copy").at("/status/" + kind.idField()).asText();
      assertThat(selected(kubectl, sources(kind), "spec." + kind.nameField() + "=copy_name"))
          .containsExactly("copy");
      assertThat(selected(kubectl, sources(kind), "status." + kind.idField() + "=" + id))
          .containsExactly("copy");
      assertThat(selected(kubectl, clones(kind), "status." + kind.idField() + "=" + id))
          .containsExactly("copy");
      assertThat(selected(kubectl, sources(kind), "status." + kind.idField() + "=other")).isEmpty();

      kubectl.run("wait", "--for=condition=Ready", "--timeout=20s", clones(kind) + "/copy").ok();
      kubectl.run("wait", "--for=condition=Ready", "--timeout=20s", sources(kind) + "/copy").ok();
      kubectl
          .run(
              "wait",
              "--for=jsonpath={.status.%s}=%s".formatted(kind.idField(), id),
              "--timeout=20s",
              clones(kind) + "/copy")
          .ok();
      scene.create(cloneOf(kind, "late", "absent", "late_name"));
      scene.awaitReason(clones(kind) + "/late", Reason.SourceNotFound);
      assertThat(
              kubectl
                  .run("wait", "--for=condition=Ready", "--timeout=1s", clones(kind) + "/late")
                  .exit())
          .isNotZero();
      scene.create(cloneOf(kind, "taken", "origin", "copy_name"));
      kubectl.run("wait", "--for=condition=Stalled", "--timeout=20s", clones(kind) + "/taken").ok();
    }
  }

  @Test
  void allFourKindsAreInOneCategory() {
    try (Scene scene = new Scene("the category mixpeek")) {
      Kubectl kubectl = Kubectl.orSkip(scene);
      for (CatalogKind<?, ?> kind : Manifests.kinds().toList()) {
        scene.create(source(kind, "origin", "origin_name"));
        scene.create(cloneOf(kind, "copy", "origin", "copy_name"));
      }
      List<String> all =
          List.of(
              "collection.mixpeek.com/origin",
              "collectionclone.mixpeek.com/copy",
              "taxonomy.mixpeek.com/origin",
              "taxonomyclone.mixpeek.com/copy");
      assertThat(kubectl.run("get", "mixpeek", "-o", "name").lines())
          .containsExactlyInAnyOrderElementsOf(all);
      assertThat(kubectl.run("get", "coll,tax,cclone,tclone", "-o", "name").lines())
          .containsExactlyInAnyOrderElementsOf(all);
    }
  }

  /** {@code kubectl explain} shows what the server publishes: each field of it has a sentence. */
  @Test
  void everyFieldIsExplained() {
    try (Scene scene = new Scene("kubectl explain")) {
      Kubectl kubectl = Kubectl.orSkip(scene);
      JsonNode schemas =
          scene
              .send("GET", "application/json", "openapi/v3/apis/mixpeek.com/v1alpha1", null)
              .ok()
              .at("/components/schemas");
      for (String kind : List.of("Collection", "Taxonomy", "CollectionClone", "TaxonomyClone")) {
        JsonNode schema = schemas.get("com.mixpeek.v1alpha1." + kind);
        assertThat(schema.get("description").asText()).isNotBlank();
        List<String> fields =
            Stream.of("spec", "status")
                .flatMap(f -> fields(kind + "." + f, schema.get("properties").get(f)))
                .toList();
        assertThat(fields).hasSizeGreaterThan(20);
        List<String> shown = explain(kubectl, plural(kind), "--recursive").lines();
        assertThat(shown.stream().map(String::strip).map(line -> line.split("[\\t ]")[0]))
            .containsAll(fields);
        for (String part : List.of("", ".spec", ".status", ".status.conditions")) {
          assertThat(explain(kubectl, plural(kind) + part).ok())
              .contains("DESCRIPTION:", "FIELDS:")
              .doesNotContain("<no description>", "<empty>");
        }
      }
    }
  }

  private static Kubectl.Result explain(Kubectl kubectl, String... arguments) {
    return kubectl.run(
        Stream.concat(
                Stream.of("explain", "--api-version=mixpeek.com/v1alpha1"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static String plural(String kind) {
    return Manifests.kinds()
        .map(k -> kind.endsWith("Clone") ? clones(k) : sources(k))
        .filter(p -> p.startsWith(kind.toLowerCase(Locale.ROOT).substring(0, 5)))
        .findFirst()
        .orElseThrow();
  }

  /** The names of the fields below the schema, having seen to it that each is described. */
  private static Stream<String> fields(String path, JsonNode schema) {
    assertThat(schema.path("description").asText()).as(path).isNotBlank();
    JsonNode below = schema.has("items") ? schema.get("items") : schema;
    return below.path("properties").properties().stream()
        .flatMap(
            (Map.Entry<String, JsonNode> field) ->
                Stream.concat(
                    Stream.of(field.getKey()),
                    fields(path + "." + field.getKey(), field.getValue())));
  }

  /** A clone that is done, and one that names its source by its catalog name. */
  private static void done(Scene scene, CatalogKind<?, ?> kind) {
    scene.create(source(kind, "origin", "origin_name"));
    scene.create(cloneOf(kind, "copy", "origin", "copy_name"));
    var byName = cloneOf(kind, "by-name", "origin", "other_name");
    Manifests.spec(byName).putObject("sourceRef").put(kind.nameField(), "origin_name");
    scene.create(byName);
    scene.startOperator();
    scene.awaitReason(clones(kind) + "/copy", Reason.Cloned);
    scene.awaitReason(clones(kind) + "/by-name", Reason.Cloned);
  }

  private static String shortNameOfClone(CatalogKind<?, ?> kind) {
    return Manifests.isCollection(kind) ? "cclone" : "tclone";
  }

  private static List<List<String>> table(Kubectl kubectl, String... arguments) {
    return kubectl
        .run(Stream.concat(Stream.of("get"), Stream.of(arguments)).toArray(String[]::new))
        .lines()
        .stream()
        .map(line -> List.of(line.strip().split(" {2,}")))
        .toList();
  }

  private static List<String> selected(Kubectl kubectl, String plural, String selector) {
    return kubectl
        .run(
            "get",
            plural,
            "--field-selector=" + selector,
            "-o",
            "jsonpath={.items[*].metadata.name}")
        .ok()
        .lines()
        .toList();
  }
}
