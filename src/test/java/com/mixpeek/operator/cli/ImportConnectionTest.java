package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** With {@code --connection}: the way to Mixpeek is read from the cluster. */
@ParameterizedClass
@EnumSource(TestServer.class)
class ImportConnectionTest {

  private static final String CONNECTION = "--connection=" + TestNamespace.CONNECTION;

  @TempDir private Path folder;
  private final MixpeekAccount account = new MixpeekAccount();
  private final ApiServer server;
  private TestNamespace namespace;
  private Path kubeconfig;

  ImportConnectionTest(TestServer server) {
    this.server = server.orSkip("import --connection");
  }

  @BeforeEach
  void open() {
    namespace = new TestNamespace(server);
    kubeconfig = server.kubeconfig().orElseGet(this::viewer);
  }

  @AfterEach
  void close() {
    namespace.close();
    account.close();
  }

  @Test
  void applyingWhatIsWrittenChangesNothingAtMixpeek() throws IOException {
    namespace.connect(account.fake(), MixpeekAccount.KEY, 6000);
    account.filled(namespace.name());
    CommandResult result = run("import", CONNECTION, "-o", folder.resolve("git").toString());
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    account.assertOnlyRead();
    List<ObjectNode> before = objects();

    namespace.startOperator();
    for (Path file : files(folder.resolve("git"))) {
      ManifestApplier.apply(namespace, file);
    }
    for (Path file : files(folder.resolve("git"))) {
      Manifest manifest = ManifestApplier.read(file).get(0);
      CatalogKind<?, ?> kind =
          CatalogKind.ALL.stream().filter(k -> k.name().equals(manifest.kind())).findFirst().get();
      String path = (kind == CatalogKind.COLLECTION ? "collections/" : "taxonomies/");
      JsonNode applied = namespace.json().awaitReason(path + manifest.name(), Reason.Assigned);
      assertThat(applied.at("/spec/connectionRef/name").asText())
          .isEqualTo(TestNamespace.CONNECTION);
      assertThat(applied.path("status").path(kind.idField()))
          .isEqualTo(applied.path("spec").path(kind.idField()));
      assertThat(JsonResources.stream(applied.at("/status/conditions")))
          .filteredOn(condition -> condition.path("type").asText().equals("InSync"))
          .extracting(condition -> condition.path("message").asText())
          .containsExactly("Mixpeek holds what the spec says.");
    }
    assertThat(account.fake().exchanges()).noneMatch(e -> e.operation().writes());
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void aSourceIsFoundThroughTheConnectionThatTheCloneNames() throws IOException {
    namespace.connect(account.fake(), MixpeekAccount.KEY, 6000);
    account.filled(namespace.name());
    String clone =
        """
        apiVersion: mixpeek.com/v1alpha1
        kind: TaxonomyClone
        metadata: {name: copy}
        spec:
          connectionRef: {name: %s}
          sourceRef: {taxonomyName: org}
          overrides: {taxonomyName: copy_name}
        """;
    Path file = Files.writeString(folder.resolve("a.yaml"), clone.formatted("mixpeek"));
    CommandResult found = run("render", "--from-mixpeek", CONNECTION, "-f", file.toString());
    assertThat(found.err()).isEmpty();
    assertThat(found.out())
        .contains(account.withIds("collectionId: ID_OF_Product_Embeddings"), "name: mixpeek");
    Files.writeString(file, clone.formatted("other"));
    CommandResult other = run("render", "--from-mixpeek", CONNECTION, "-f", file.toString());
    assertThat(other.exit()).isEqualTo(ExitCode.FINDINGS);
    assertThat(other.err()).contains("look at Mixpeek with --from-mixpeek --connection other");
  }

  @Test
  void whatStandsInTheWayIsToldInASentence() {
    refused(run("import", CONNECTION), "There is no Connection mixpeek in namespace ");
    namespace.connect(account.fake(), MixpeekAccount.KEY, 6000);
    refused(
        MixpeekCommand.run(kubeconfig, "import", CONNECTION, "-n", namespace.name()),
        "Connection mixpeek leads to %s: repeat that as --base-url"
            .formatted(account.fake().url()));
    namespace.putKey("sk_another");
    refused(run("import", CONNECTION), "Put a valid key into Secret mixpeek.");
    namespace.putKey("two words");
    refused(run("import", CONNECTION), "Secret mixpeek has no API key under apiKey");
    namespace.client().secrets().inNamespace(namespace.name()).withName("mixpeek").delete();
    refused(run("import", CONNECTION), "There is no Secret mixpeek in namespace ");
    if (server.real()) {
      kubeconfig = viewer();
      refused(run("import", CONNECTION), "ask for the right to read that Secret");
    }
  }

  @Test
  void aConnectionIsCheckedAsAnUpdateOfTheOneThatIsThere() throws IOException {
    namespace.connect(account.fake(), MixpeekAccount.KEY, 6000);
    String text =
        """
        apiVersion: mixpeek.com/v1alpha1
        kind: Connection
        metadata: {name: mixpeek}
        spec:
          namespace: another
          apiKeySecretRef: {name: mixpeek, key: apiKey}
          requestsPerMinute: %s
        """;
    Path file = Files.writeString(folder.resolve("c.yaml"), text.formatted(10));
    String[] validate = {"validate", "--from-cluster", "-n", namespace.name(), "-f", file + ""};
    assertThat(MixpeekCommand.run(kubeconfig, validate).ok())
        .isEqualTo("1 manifest, no findings.\n");
    Files.writeString(file, text.formatted(0));
    assertThat(MixpeekCommand.run(kubeconfig, validate).out())
        .contains("spec.requestsPerMinute: Invalid value: 0");
  }

  private void refused(CommandResult result, String words) {
    assertThat(result.err()).contains(words).endsWith(".%n".formatted()).hasLineCount(1);
    assertThat(result.err())
        .doesNotContain(MixpeekAccount.KEY, "sk_another", "two words", "Exception");
    assertThat(result.exit()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(result.out()).isEmpty();
  }

  private Path viewer() {
    return ViewerKubeconfig.write(folder, namespace, namespace.name());
  }

  private CommandResult run(String... arguments) {
    Stream<String> where = Stream.of("-n", namespace.name(), "--base-url=" + account.fake().url());
    return MixpeekCommand.run(
        kubeconfig, Stream.concat(Stream.of(arguments), where).toArray(String[]::new));
  }

  private List<ObjectNode> objects() {
    return CatalogKind.ALL.stream()
        .flatMap(kind -> account.fake().catalog(namespace.name(), kind).objects().stream())
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
