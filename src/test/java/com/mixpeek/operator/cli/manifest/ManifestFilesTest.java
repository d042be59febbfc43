package com.mixpeek.operator.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds what there is to read, and says in a sentence what cannot be read. */
class ManifestFilesTest {

  private static final String MANIFEST = "{apiVersion: v1, kind: K, metadata: {name: %s}}\n";

  @TempDir private Path folder;

  private final List<String> unreadable = new ArrayList<>();

  @Test
  void readsADirectoryAndWhatIsInItInTheOrderOfNames() throws IOException {
    write("b.yaml", MANIFEST.formatted("b"));
    write("sub/deep/a.yml", MANIFEST.formatted("deep"));
    write("a.JSON", MANIFEST.formatted("a"));
    write("notes.txt", "{{ not yaml");
    write(".hidden.yaml", "{{ not yaml");
    write(".git/x.yaml", "{{ not yaml");
    Files.createSymbolicLink(folder.resolve("sub/loop"), folder);

    assertThat(names(folder.toString())).containsExactly("a", "b", "deep");
    assertThat(unreadable).isEmpty();
  }

  @Test
  void readsAFileOnce() throws IOException {
    Path file = write("a.yaml", MANIFEST.formatted("a"));
    Files.createSymbolicLink(folder.resolve("b.yaml"), file);
    String[] inputs = {file.toString(), folder.toString(), folder.resolve("./b.yaml").toString()};
    assertThat(new ManifestFiles(null, unreadable::add).read(List.of(inputs)))
        .singleElement()
        .returns(file.toString(), manifest -> manifest.location().file());
    assertThat(unreadable).isEmpty();
  }

  /** A name that is given is read, whatever it ends with. */
  @Test
  void readsAFileOfAnyName() throws IOException {
    assertThat(names(write(".hidden.txt", MANIFEST.formatted("a")).toString()))
        .containsExactly("a");
  }

  @Test
  void opensListsAndPassesOverWhatHasNoKind() throws IOException {
    Path file =
        write(
            "all.yaml",
            """
            # nothing here
            ---
            just text
            ---
            [a, list]
            ---
            values: {kind: of helm}
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: K, metadata: {name: a}}
            - apiVersion: mixpeek.com/v1alpha1
              kind: CollectionList
              items:
              - kind: K
                metadata:
                  name: b
            - null
            ---
            kind: AllowList
            metadata: {name: c}
            """);

    List<Manifest> manifests = read(file.toString());

    assertThat(manifests.stream().map(Manifest::name)).containsExactly("a", "b", "c");
    assertThat(manifests.get(0).location("metadata.name").line()).isEqualTo(12);
    assertThat(manifests.get(1).location("metadata.name").line()).isEqualTo(18);
    assertThat(manifests.get(1).location("spec.x[3]").line()).isEqualTo(16);
    assertThat(unreadable).isEmpty();
  }

  /** As kubectl does; an item that says either has to say both. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Collection", "CollectionClone", "Taxonomy", "TaxonomyClone", "Connection"})
  void givesItemsOfATypedListItsKindAndVersion(String kind) throws IOException {
    String list =
        """
        apiVersion: mixpeek.com/v1alpha1
        kind: %sList
        items:
        - metadata: {name: a}
        - {kind: K, metadata: {name: b}}
        """;
    List<Manifest> manifests = read(write("list.yaml", list.formatted(kind)).toString());

    assertThat(manifests).extracting(Manifest::kind).containsExactly(kind, "K");
    assertThat(manifests)
        .extracting(Manifest::apiVersion)
        .containsExactly("mixpeek.com/v1alpha1", "");
    assertThat(manifests.get(0).location("metadata.name").line()).isEqualTo(4);
    assertThat(unreadable).isEmpty();
  }

  @Test
  void findsFieldsWhoseNamesHaveDots() throws IOException {
    Path file =
        write(
            "f.yaml",
            """
            kind: K
            metadata:
              labels:
                app.kubernetes.io/name: a
                app: b
              list:
              - x: 1
              - y[0]: 2
            """);
    Manifest manifest = read(file.toString()).get(0);
    assertThat(manifest.location("metadata.labels.app.kubernetes.io/name").line()).isEqualTo(4);
    assertThat(manifest.location("metadata.labels.app").line()).isEqualTo(5);
    assertThat(manifest.location("metadata.list[1]").line()).isEqualTo(8);
    assertThat(manifest.location("metadata.list[1].y[0]").column()).isEqualTo(5);
    assertThat(manifest.location("metadata.list[7]").line()).isEqualTo(6);
    assertThat(manifest.location("spec.overrides").line()).isEqualTo(1);
  }

  @Test
  void saysWhatCannotBeReadAndReadsTheRest() throws IOException {
    write("a.yaml", MANIFEST.formatted("a"));
    write("b.yaml", "kind: K\nmetadata: {name: b\nspec:\n");
    write("c.yaml", MANIFEST.formatted("c"));

    assertThat(names(folder.toString())).containsExactly("a", "c");
    assertThat(unreadable)
        .containsExactly(
            folder.resolve("b.yaml")
                + ":3: this is not YAML that kubectl reads: expected ',' or '}', but got : (column"
                + " 5).");
  }

  @Test
  void refusesTabs() throws IOException {
    refuses(
        "kind: K\nspec:\n\ta: 1\n",
        ":3: this is not YAML that kubectl reads: a tab stands where"
            + " blanks must, indent with blanks (column 1).");
  }

  @Test
  void refusesAKeyThatIsThereTwice() throws IOException {
    refuses(
        "kind: K\na: 1\na: 2\n",
        ":3: the key a is already set in this map, on line 2, and kubectl would take only the last:"
            + " remove one of the two (column 1).");
  }

  /** It holds no field: what a person names is meant to be a manifest. */
  @Test
  void refusesTextAndListsThatAreNamed() throws IOException {
    String text =
        " this is no manifest, which has fields as in kind: Collection, with a blank behind the colon:"
            + " correct it, or give another file.";
    refuses("# one\njust text\n", ":2:" + text);
    refuses("kind:Collection\n---\n[a]\n", ":1:" + text);
    refuses(
        "\n[" + MANIFEST.formatted("a") + "]",
        ":2: this is a list, which kubectl does not read: put its items into a List, or --- between"
            + " them.");
    assertThat(new ManifestFiles(stdin("[{\"kind\": 1}]"), unreadable::add).read(List.of("-")))
        .isEmpty();
    assertThat(unreadable.get(3)).startsWith("-:1: this is a list, which kubectl does not read: ");
  }

  @Test
  void passesOverTextAndListsInADirectory() throws IOException {
    write("a.yaml", MANIFEST.formatted("a"));
    write("b.json", "[1, 2]");
    write("c.yaml", "just text");
    assertThat(names(folder.toString())).containsExactly("a");
    assertThat(unreadable).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void refusesAnEmptyStandardInput(String nothing) throws IOException {
    ManifestFiles files = new ManifestFiles(stdin(nothing), unreadable::add);
    assertThat(files.read(List.of("-"))).isEmpty();
    String sentence =
        "Standard input is empty or closed: pipe into it what is to be read, or name a file.";
    assertThat(unreadable).containsExactly(sentence);
    assertThatThrownBy(() -> files.documents("-")).hasMessage(sentence);
    assertThat(names(write("empty.yaml", nothing).toString())).isEmpty();
    assertThat(unreadable).hasSize(1);
  }

  @Test
  void refusesTemplates() throws IOException {
    refuses(
        "kind: K\nname: {{ .Values.name }}\n",
        ":2: this is not YAML that kubectl reads: a map has a key that is no text. Is it a template"
            + " that is yet to be filled in?");
  }

  @Test
  void refusesNumbersThatJsonHasNot() throws IOException {
    refuses(
        "kind: K\na: .nan\n",
        ":2: this is not YAML that kubectl reads: JSON has no .nan to send to the API server"
            + " (column 4).");
  }

  @Test
  void refusesBinary() throws IOException {
    refuses(
        "kind: K\u0000", " is no text: its byte 8 is zero. Manifests are YAML or JSON in UTF-8.");
    refuses(
        "kind: \u0007",
        " is not YAML that kubectl reads: its character 7, U+0007, may only stand"
            + " there escaped.");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "kind: é".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(read(latin.toString())).isEmpty();
    assertThat(unreadable.get(2))
        .isEqualTo(latin + " is not UTF-8, in which manifests are written: convert it.");
  }

  @Test
  void readsAByteOrderMark() throws IOException {
    assertThat(names(write("f.yaml", "\uFEFF" + MANIFEST.formatted("a")).toString())).hasSize(1);
  }

  @Test
  void refusesAliasesThatExplode() throws IOException {
    String bomb =
        "kind: K\na0: &a0 [x]\n"
            + IntStream.range(1, 12)
                .mapToObj(
                    i ->
                        "a%d: &a%d [%s]\n"
                            .formatted(
                                i, i, String.join(", ", Collections.nCopies(9, "*a" + (i - 1)))))
                .collect(Collectors.joining());
    refuses(
        bomb,
        " grows beyond 5,000,000 values, or 200 levels, when its aliases are filled in: write it"
            + " out.");
    refuses(
        "kind: K\na: &a [*a]\n",
        " grows beyond 5,000,000 values, or 200 levels, when its aliases are filled in: write it"
            + " out.");
  }

  @Test
  void refusesWhatIsNestedTooDeep() throws IOException {
    refuses(
        "kind: K\na: " + "[".repeat(100_000),
        " is not YAML that kubectl reads: Nesting Depth exceeded max 200.");
  }

  @Test
  void refusesHugeFilesAndWords() throws IOException {
    Path huge = folder.resolve("huge.yaml");
    Files.write(huge, new byte[50 << 20]);
    assertThat(read(huge.toString())).isEmpty();
    assertThat(unreadable)
        .containsExactly(huge + " is larger than the 32 MiB that are read of one file: split it.");
    refuses(
        "kind: K\na: " + "y".repeat(20_000_000),
        " has a word of more than 1,500,000 characters, more than the API server takes in a"
            + " resource.");
  }

  @Test
  void saysThatSomethingIsNotThereOrMayNotBeRead() throws IOException {
    assertThat(read(folder.resolve("nope").toString())).isEmpty();
    assertThat(unreadable)
        .containsExactly(
            folder.resolve("nope")
                + " does not exist: give a file, a directory, or - for standard input.");
    Path secret = Files.createDirectory(folder.resolve("secret"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(secret)).as("root may read everything").isFalse();
    assertThat(read(folder.toString())).isEmpty();
    assertThat(unreadable).contains(secret + " may not be read by this user: check its rights.");
  }

  @Test
  void readsStandardInput() {
    assertThat(
            new ManifestFiles(stdin(MANIFEST.formatted("a")), unreadable::add).read(List.of("-")))
        .hasSize(1);
    assertThat(new ManifestFiles(stdin("{"), unreadable::add).read(List.of("-"))).isEmpty();
    assertThat(unreadable).hasSize(1);
    assertThat(unreadable.get(0)).startsWith("-:1: this is not YAML that kubectl reads: ");
  }

  private static ByteArrayInputStream stdin(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private void refuses(String text, String sentence) throws IOException {
    Path file = write("refused.yaml", text);
    assertThat(read(file.toString())).isEmpty();
    assertThat(unreadable.get(unreadable.size() - 1)).isEqualTo(file + sentence);
  }

  private List<String> names(String input) {
    return read(input).stream().map(Manifest::name).toList();
  }

  private List<Manifest> read(String input) {
    return new ManifestFiles(null, unreadable::add).read(List.of(input));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
