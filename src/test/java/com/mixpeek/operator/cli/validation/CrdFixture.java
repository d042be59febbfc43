package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of {@code src/test/resources/crd/<kind>}.
 *
 * <p>Its name says what it is: {@code valid-} or {@code invalid-}, then {@code update-} or {@code
 * status-} where it holds two documents: what is stored, and what is sent to replace it or its
 * status. Anything else is a create. In an invalid file each line {@code # expect: …} names one
 * finding by a part of its text.
 */
record CrdFixture(
    Path file, boolean valid, String change, List<JsonNode> documents, List<String> expected) {

  private static final Pattern NAME =
      Pattern.compile("(in)?valid-(?:(update|status)-)?[a-z0-9-]+\\.yaml");

  private static final String EXPECT = "# expect: ";

  static CrdFixture read(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is not named " + NAME);
    }
    try (var documents =
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      List<String> expected =
          Files.readAllLines(file).stream()
              .filter(line -> line.startsWith(EXPECT))
              .map(line -> line.substring(EXPECT.length()))
              .toList();
      String change = name.group(2) == null ? "create" : name.group(2);
      return new CrdFixture(file, name.group(1) == null, change, documents.readAll(), expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Violation> findings(CrdValidator validator) {
    return switch (change) {
      case "update" -> validator.update(documents.get(0), documents.get(1));
      case "status" -> validator.updateStatus(documents.get(0), documents.get(1));
      default -> validator.create(documents.get(0));
    };
  }

  /** What would make the file prove less than it says. */
  void checkItself(CrdValidator validator) {
    boolean create = "create".equals(change);
    require(documents.size() == (create ? 1 : 2), "holds the wrong number of documents");
    require(valid == expected.isEmpty(), "expects something if, and only if, it is invalid");
    if (!create) {
      JsonNode stored = documents.get(0);
      require(validator.create(stored).isEmpty(), "starts from what could not be created");
      require(validator.updateStatus(stored, stored).isEmpty(), "starts from an impossible status");
      boolean ofStatus = "status".equals(change);
      require(ofStatus || !documents.get(1).has("status"), "sends a status, which is dropped");
      require(
          !ofStatus || stored.path("spec").equals(documents.get(1).path("spec")),
          "sends another spec, which is dropped");
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(file + " " + otherwise);
    }
  }
}
