package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.Numbers;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.RemoteSpec;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code import} writes of an account, and where it refuses. */
class ImportTest {

  private final MixpeekAccount account = new MixpeekAccount();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void whatIsWrittenIsValidAndSaysWhatTheApiSays() throws IOException {
    account.filled(MixpeekAccount.NAMESPACE);
    CommandResult result = account.run("import", "--connection-ref=prod");
    assertThat(result.err()).isEmpty();
    Path stream = Files.writeString(folder.resolve("all.yaml"), result.ok());
    assertThat(MixpeekCommand.run("validate", "-f", stream.toString()).ok())
        .isEqualTo("5 manifests, no findings.%n".formatted());
    Map<String, ObjectNode> byId =
        CatalogKind.ALL.stream()
            .flatMap(
                kind -> account.fake().catalog(MixpeekAccount.NAMESPACE, kind).objects().stream())
            .collect(Collectors.toMap(ImportTest::id, Function.identity()));
    List<Manifest> manifests = ManifestApplier.read(stream);
    assertThat(manifests).hasSameSizeAs(byId.entrySet());
    for (Manifest manifest : manifests) {
      CatalogKind<?, ?> kind =
          CatalogKind.ALL.stream().filter(k -> k.name().equals(manifest.kind())).findFirst().get();
      ObjectNode spec = manifest.content().withObject("/spec").deepCopy();
      assertThat(spec.remove("connectionRef"))
          .isEqualTo(MixpeekAccount.object("{\"name\": \"prod\"}"));
      JsonNode there = byId.remove(spec.remove(kind.idField()).asText());
      assertThat(Numbers.asSent(spec)).isEqualTo(Numbers.asSent(RemoteSpec.spec(kind, there)));
      assertThat(RemoteSpec.differences(kind, spec, there)).isEmpty();
    }
    account.assertOnlyRead();
  }

  @Test
  void namesAreMadeOfCatalogNamesAndEachHasAFile() throws IOException {
    account.filled(MixpeekAccount.NAMESPACE);
    Path target = folder.resolve("git/catalog");
    CommandResult result = account.run("import", "-o", target.toString());
    assertThat(result.ok()).isEqualTo("5 manifests are in %s.%n".formatted(target));
    List<String> files = files(target);
    assertThat(files)
        .hasSize(5)
        .contains(
            "collection-all.yaml",
            "collection-product-embeddings.yaml",
            "taxonomy-org.yaml",
            "taxonomy-product-tags.yaml")
        .anyMatch(file -> file.matches("collection-product-embeddings-[0-9a-f]{8}\\.yaml"));
    assertThat(target.resolve("taxonomy-org.yaml"))
        .hasContent(
            account.withIds(
                """
            apiVersion: mixpeek.com/v1alpha1
            kind: Taxonomy
            metadata:
              name: org
            spec:
              taxonomyName: org
              taxonomyId: ID_OF_org
              description: ''
              config:
                taxonomyType: hierarchical
                hierarchicalNodes:
                - collectionId: ID_OF_Product_Embeddings
                  label: Top
                  keywords:
                  - a
                  - 'no'
                - collectionId: ID_OF_product-embeddings
                  parentCollectionId: ID_OF_Product_Embeddings
            """));
    assertThat(MixpeekCommand.run("validate", "-f", target.toString()).exit()).isZero();
  }

  @Test
  void nothingIsWrittenOverUnlessThatIsAskedFor() throws IOException {
    account.filled(MixpeekAccount.NAMESPACE);
    String target = folder.toString();
    account.run("import", "-o", target).ok();
    assertThat(account.run("import", "-o", target).ok()).startsWith("5 manifests are in ");
    Path edited = folder.resolve("collection-all.yaml");
    String before = Files.readString(edited);
    Files.writeString(edited, "mine");
    Path gone = folder.resolve("taxonomy-org.yaml");
    Files.delete(gone);
    CommandResult refused = account.run("import", "-o", target);
    assertThat(refused.exit()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(refused.err())
        .startsWith(
            "%s says something else already.%nNothing is written: --force writes over such files.%n"
                .formatted(edited));
    assertThat(edited).hasContent("mine");
    assertThat(gone).doesNotExist();
    account.run("import", "-o", target, "--force").ok();
    assertThat(edited).hasContent(before);
    assertThat(gone).exists();
    CommandResult noFolder = account.run("import", "-o", edited.toString());
    assertThat(noFolder.exit()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(noFolder.err()).startsWith(edited + " cannot be written to");
  }

  /** A second name of the old file shows that nothing is written into that. */
  @Test
  void eachFileIsReplacedInOneStep() throws IOException {
    account.filled(MixpeekAccount.NAMESPACE);
    Path shared = Files.writeString(folder.resolve("shared"), "mine");
    Path old = Files.createLink(folder.resolve("old"), shared);
    Path catalog = Files.createDirectory(folder.resolve("catalog"));
    Path link = Files.createSymbolicLink(catalog.resolve("collection-all.yaml"), shared);
    account.run("import", "-o", catalog.toString(), "--force").ok();
    assertThat(old).hasContent("mine");
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(shared)).startsWith("apiVersion: ");
    assertThat(files(catalog)).hasSize(5).allMatch(file -> file.endsWith(".yaml"));
    assertThat(files(folder)).containsExactly("catalog", "old", "shared");
  }

  @Test
  void anEmptyNamespaceIsSaidToBeOne() {
    CommandResult result = account.run("import", "-o", folder.resolve("none").toString());
    assertThat(result.ok()).isEmpty();
    assertThat(result.err())
        .isEqualTo("Mixpeek namespace production has nothing to import.%n".formatted());
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** A name that no manifest can have at present is written, and told. */
  @Test
  void whatTheCrdsRefuseIsTold() {
    account
        .fake()
        .catalog(MixpeekAccount.NAMESPACE, CatalogKind.TAXONOMY)
        .add(
            MixpeekAccount.object(
                """
                {"taxonomy_name": "With spaces", "config": {"taxonomy_type": "hierarchical",
                 "hierarchical_nodes": [{"collection_id": "col_a"}]}}
                """));
    CommandResult result = account.run("import");
    assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
    assertThat(result.out()).contains("name: with-spaces", "taxonomyName: With spaces");
    assertThat(result.err())
        .contains("taxonomy-with-spaces.yaml: Taxonomy with-spaces: spec.taxonomyName: ")
        .hasLineCount(1);
  }

  @Test
  void whatThisVersionDoesNotKnowIsLeftOutAndTold() {
    account
        .fake()
        .catalog(MixpeekAccount.NAMESPACE, CatalogKind.COLLECTION)
        .add(
            MixpeekAccount.object(
                """
                {"collection_name": "newer", "source": {"type": "bucket", "bucket_ids": ["bkt_a"]},
                 "feature_extractor": {"feature_extractor_name": "x", "version": "v1",
                   "some_thing": 1, "parameters": {"some_thing": 1}}}
                """));
    CommandResult result = account.run("import");
    assertThat(result.err())
        .isEqualTo(
            "Collection newer: spec.featureExtractor.someThing is left out: this version does not know it.%n"
                .formatted());
    assertThat(result.ok()).contains("some_thing: 1").doesNotContain("someThing");
  }

  @Test
  void theKeyIsTakenFromAFile() throws IOException {
    account.filled(MixpeekAccount.NAMESPACE);
    Path key = Files.writeString(folder.resolve("key"), MixpeekAccount.KEY + "\n");
    String[] where = {"--mixpeek-namespace=ns_production", "--base-url=" + account.fake().url()};
    CommandResult result =
        MixpeekCommand.run("import", where[0], where[1], "--api-key-file=" + key);
    assertThat(result.ok().lines().filter("---"::equals)).hasSize(5);
    CommandResult wrongFile =
        MixpeekCommand.run("import", where[0], where[1], "--api-key-file=" + folder);
    assertThat(wrongFile.exit()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(wrongFile.err()).startsWith("The file of --api-key-file cannot be read: give one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import | Say which Mixpeek namespace to read: --connection or --mixpeek-namespace.",
        "import --connection=a --mixpeek-namespace=b | Say which Mixpeek namespace to read",
        "import --connection=a --api-key-file=b | --connection brings its own key",
        "import --mixpeek-namespace=b | There is no API key: set MIXPEEK_API_KEY, or give --api-key-file.",
        "import --mixpeek-namespace=b --api-key sk_live_KnownText-0123456789 | A key on the command line is seen by others",
        "import --mixpeek-namespace=b --api-key=sk_live_KnownText-0123456789 | A key on the command line is seen by others",
        "import --mixpeek-namespace=b --api-key-fil=sk_live_KnownText-0123456789 | A key on the command line is seen",
        "import --mixpeek-namespace=b --api-key-file=sk_live_KnownText-0123456789 | A key on the command line is seen",
        "import sk_live_KnownText-0123456789 | A key on the command line is seen by others",
        "import --mixpeek-namespace=b --base-url=http://example.org | Keys are sent over https only",
        "import --mixpeek-namespace=b --base-url=:// | The base URL is no URL",
        "import --mixpeek-namespace=b --base-url=https://u:p@example.org | The base URL must have a host",
        "render -f x --mixpeek-namespace=b | These options say where --from-mixpeek looks",
        "render -f x --from-mixpeek | Say which Mixpeek namespace to read",
        "render -f x --from-mixpeek --from-cluster --mixpeek-namespace=b | exclude each other",
        "diff --from-mixpeek --mixpeek-namespace=b --api-key-file=pom.xml | is no API key",
        "graph -A --from-mixpeek --mixpeek-namespace=b | -A shows a cluster",
      })
  void wrongUsageIsToldInASentence(String command, String sentence) {
    CommandResult result = MixpeekCommand.run(command.split(" "));
    assertThat(result.err()).contains(sentence).doesNotContain(MixpeekAccount.KEY, "Exception");
    assertThat(result.exit()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void noKeyThatCanBeSentIsTold() {
    CommandResult result =
        MixpeekCommand.run(
            Map.of("MIXPEEK_API_KEY", "two words"), "import", "--mixpeek-namespace=production");
    assertThat(result.err())
        .startsWith("What is in MIXPEEK_API_KEY is no API key")
        .doesNotContain("two words");
    assertThat(result.exit()).isEqualTo(ExitCode.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({"REVOKED_KEY", "FORBIDDEN", "QUOTA", "INVALID"})
  void theKeyIsShownNowhere(RemoteFault fault) {
    account.fake().faults().inject(fault, 100, Operation.LIST);
    Stream.of("import", "graph --from-mixpeek")
        .forEach(
            command -> {
              CommandResult result = account.run(command.split(" "));
              assertThat(result.exit()).isEqualTo(ExitCode.UNREADABLE);
              assertThat(result.err())
                  .startsWith("The Mixpeek API says: ")
                  .doesNotContain(MixpeekAccount.KEY, "Exception")
                  .hasLineCount(1);
              assertThat(result.out()).isEmpty();
            });
  }

  @Test
  void theHiddenOptionIsNotOffered() {
    assertThat(MixpeekCommand.run("import", "--help").ok())
        .contains("--api-key-file")
        .doesNotContainPattern("--api-key[^-]");
    assertThat(MixpeekCommand.run("__complete", "import", "--").lines())
        .contains("--connection", "--api-key-file", "--mixpeek-namespace", "--force")
        .doesNotContain("--api-key");
  }

  private static String id(ObjectNode content) {
    return CatalogKind.ALL.stream()
        .map(kind -> content.path(RemoteRequest.idField(kind)).asText())
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
