package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that no resource stands for, with {@code --from-mixpeek}. */
class FromMixpeekTest {

  private static final String CLONE =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: CollectionClone
      metadata: {name: copy}
      spec:
        sourceRef: %s
        %s
        overrides: {collectionName: copy_name, description: other}
      """;

  private static final String CONNECTED = "connectionRef: {name: prod}";

  private final MixpeekAccount account = new MixpeekAccount().filled(MixpeekAccount.NAMESPACE);
  @TempDir private Path folder;

  @AfterEach
  void close() {
    account.assertOnlyRead();
    account.close();
  }

  @BeforeEach
  void forget() {
    account.fake().exchanges().clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{collectionName: all}", "{collectionId: ID_OF_all}"})
  void theTargetIsWhatTheOperatorWouldMake(String ref) throws IOException {
    CommandResult result = account.run("render", "--from-mixpeek", "-f", clone(ref, CONNECTED));
    assertThat(result.err()).isEmpty();
    assertThat(result.ok())
        .contains("makes this of Collection all (at Mixpeek).")
        .contains(account.withIds("mixpeek.com/source-id: ID_OF_all"))
        .contains("mixpeek.com/overridden-fields: collectionName,description")
        .contains("connectionRef:\n    name: prod")
        .contains(
            account.withIds(
                "collectionIds:\n    - ID_OF_Product_Embeddings\n    - ID_OF_product-embeddings"))
        .doesNotContain("source-name", "source-generation", "collectionId:");
  }

  @Test
  void aDifferenceIsShown() throws IOException {
    CommandResult result =
        account.run("diff", "--from-mixpeek", "-f", clone("{collectionName: all}", CONNECTED));
    assertThat(result.ok())
        .startsWith("all → copy: description other added")
        .contains("--- Collection all\n+++ Collection copy\n", "+  description: other");
  }

  @Test
  void theLineageIsShownThroughMixpeek() throws IOException {
    String file = clone("{collectionName: all}", CONNECTED);
    CommandResult ofFiles = account.run("graph", "--from-mixpeek", "-f", file);
    assertThat(ofFiles.ok())
        .contains(account.withIds("Collection all · ID_OF_all · at Mixpeek"))
        .contains("Collection copy · copy_name · ID on creation · to be made")
        .contains(
            account.withIds(
                "Collection Product_Embeddings · ID_OF_Product_Embeddings · at Mixpeek"));
    CommandResult ofAccount = account.run("graph", "--from-mixpeek");
    assertThat(ofAccount.ok())
        .contains(
            account.withIds(
                "Collection Product_Embeddings · ID_OF_Product_Embeddings · at Mixpeek"))
        .contains(
            account.withIds(
                "Collection product-embeddings · ID_OF_product-embeddings · at Mixpeek"))
        .contains(account.withIds("Taxonomy org · ID_OF_org · at Mixpeek"));
  }

  @Test
  void validateKnowsWhatIsThereAndWhatIsNot() throws IOException {
    String there = clone("{collectionName: all}", CONNECTED);
    assertThat(account.run("validate", "--from-mixpeek", "-f", there).ok())
        .isEqualTo("1 manifest, no findings.%n".formatted());
    String gone = clone("{collectionName: gone}", CONNECTED);
    assertThat(account.run("validate", "--from-mixpeek", "-f", gone).out())
        .contains(
            "There is no Collection with collectionName gone in namespace default, neither among"
                + " these manifests, nor made by one of them, nor at Mixpeek: correct the reference.");
    assertThat(MixpeekCommand.run("validate", "-f", gone).out())
        .contains("or look at Mixpeek with --from-mixpeek --connection prod.");
  }

  /** As in the cluster: it has a name there, or the clone names a Connection. */
  @Test
  void onlyWhatNamesAConnectionIsLookedForThere() throws IOException {
    for (String file :
        new String[] {clone("{collectionName: all}", ""), clone("{name: all}", CONNECTED)}) {
      CommandResult result = account.run("render", "--from-mixpeek", "-f", file);
      assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
      assertThat(result.err()).contains("SourceNotFound");
    }
    assertThat(account.fake().exchanges()).isEmpty();
  }

  @Test
  void aTakenNameIsRefused() throws IOException {
    String file = clone("{collectionName: all}", CONNECTED);
    Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("copy_name", "all"));
    CommandResult result = account.run("render", "--from-mixpeek", "-f", file);
    assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
    assertThat(result.err()).contains("NameConflict");
  }

  /** What stands among the manifests is not looked for elsewhere. */
  @Test
  void importedManifestsComeFirst() throws IOException {
    account.run("import", "--connection-ref=prod", "-o", folder.toString()).ok();
    account.fake().exchanges().clear();
    clone("{collectionName: all}", CONNECTED);
    CommandResult result = account.run("render", "--from-mixpeek", "-f", folder.toString());
    assertThat(result.err()).isEmpty();
    assertThat(result.ok())
        .contains(
            "mixpeek.com/source-name: all", account.withIds("mixpeek.com/source-id: ID_OF_all"));
    assertThat(account.fake().exchanges()).isEmpty();
  }

  /** A Connection is neither a source nor a clone. */
  @Test
  void connectionsAmongTheManifestsAreCheckedAndPassedOver() throws IOException {
    Path connection =
        Files.writeString(
            folder.resolve("connection.yaml"),
            """
            apiVersion: mixpeek.com/v1alpha1
            kind: Connection
            metadata: {name: prod}
            spec:
              namespace: production
              apiKeySecretRef: {name: mixpeek, key: apiKey}
            """);
    String file = clone("{collectionName: all}", CONNECTED);
    for (String command : new String[] {"render", "diff", "validate", "graph"}) {
      CommandResult both =
          account.run(command, "--from-mixpeek", "-f", file, connection.toString());
      assertThat(both.err()).as(command).isEmpty();
      assertThat(both.exit()).as(command).isZero();
    }
    CommandResult forked =
        account.run("fork", "copy", "--suffix=-x", "--from-mixpeek", "-f", file, connection + "");
    assertThat(forked.err()).isEmpty();
    assertThat(forked.ok()).contains("name: copy-x");
    Files.writeString(connection, Files.readString(connection).replace("key: apiKey", "kez: x"));
    CommandResult wrong = MixpeekCommand.run("validate", "-f", connection.toString());
    assertThat(wrong.exit()).isEqualTo(ExitCode.FINDINGS);
    assertThat(wrong.out()).contains("spec.apiKeySecretRef.key: Required value", "1 manifest");
  }

  private String clone(String ref, String more) throws IOException {
    String text = account.withIds(CLONE.formatted(ref, more));
    return Files.writeString(folder.resolve("copy.yaml"), text).toString();
  }
}
