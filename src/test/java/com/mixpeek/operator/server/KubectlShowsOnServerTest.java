package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person sees with kubectl and nothing else: columns, selectors, waits, explanations. */
class KubectlShowsOnServerTest {

  @ForEachKind
  void columns(CatalogKind<?, ?> kind) {
    boolean collection = SampleResources.isCollection(kind);
    try (TestNamespace namespace = TestNamespace.onRealServer("the columns of kubectl get")) {
      JsonResources resources = namespace.json();
      Program kubectl = namespace.kubectl();
      done(namespace, kind);
      String id = resources.get(sources(kind) + "/origin").at("/status/" + kind.idField()).asText();
      String copied =
          resources.get(clones(kind) + "/copy").at("/status/" + kind.idField()).asText();
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

  @ForEachKind
  void selectorsAndWaits(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("field selectors and kubectl wait")) {
      JsonResources resources = namespace.json();
      Program kubectl = namespace.kubectl();
      done(namespace, kind);
      String id = resources.get(clones(kind) + "/copy").at("/status/" + kind.idField()).asText();
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
      resources.create(cloneOf(kind, "late", "absent", "late_name"));
      resources.awaitReason(clones(kind) + "/late", Reason.SourceNotFound);
      assertThat(
              kubectl
                  .run("wait", "--for=condition=Ready", "--timeout=1s", clones(kind) + "/late")
                  .exit())
          .isNotZero();
      resources.create(cloneOf(kind, "taken", "origin", "copy_name"));
      kubectl.run("wait", "--for=condition=Stalled", "--timeout=20s", clones(kind) + "/taken").ok();
    }
  }

  @Test
  void allFourKindsAreInOneCategory() {
    try (TestNamespace namespace = TestNamespace.onRealServer("the category mixpeek")) {
      JsonResources resources = namespace.json();
      Program kubectl = namespace.kubectl();
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        resources.create(source(kind, "origin", "origin_name"));
        resources.create(cloneOf(kind, "copy", "origin", "copy_name"));
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
    try (TestNamespace namespace = TestNamespace.onRealServer("kubectl explain")) {
      JsonResources resources = namespace.json();
      Program kubectl = namespace.kubectl();
      JsonNode schemas =
          resources
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

  private static CommandResult explain(Program kubectl, String... arguments) {
    return kubectl.run(
        Stream.concat(
                Stream.of("explain", "--api-version=mixpeek.com/v1alpha1"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static String plural(String kind) {
    return TestNamespace.kinds()
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
  private static void done(TestNamespace namespace, CatalogKind<?, ?> kind) {
    JsonResources resources = namespace.json();
    resources.create(source(kind, "origin", "origin_name"));
    resources.create(cloneOf(kind, "copy", "origin", "copy_name"));
    var byName = cloneOf(kind, "by-name", "origin", "other_name");
    SampleResources.spec(byName).putObject("sourceRef").put(kind.nameField(), "origin_name");
    resources.create(byName);
    namespace.startClusterWideOperator();
    resources.awaitReason(clones(kind) + "/copy", Reason.Cloned);
    resources.awaitReason(clones(kind) + "/by-name", Reason.Cloned);
  }

  private static String shortNameOfClone(CatalogKind<?, ?> kind) {
    return SampleResources.isCollection(kind) ? "cclone" : "tclone";
  }

  private static List<List<String>> table(Program kubectl, String... arguments) {
    return kubectl
        .run(Stream.concat(Stream.of("get"), Stream.of(arguments)).toArray(String[]::new))
        .lines()
        .stream()
        .map(line -> List.of(line.strip().split(" {2,}")))
        .toList();
  }

  private static List<String> selected(Program kubectl, String plural, String selector) {
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
