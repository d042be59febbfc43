package com.mixpeek.operator.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.mixpeek.operator.testing.server.Crds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the CRDs accept and refuse, by the files in {@code src/test/resources/crd}: see {@link
 * CrdFixture}. Each rule and each limit of a CRD must be violated by one of them.
 */
class CrdRulesTest {

  private static final Path FIXTURES = Path.of("src/test/resources/crd");

  private static final Map<String, Path> CRDS = new TreeMap<>();
  private static final Map<String, CrdValidator> VALIDATORS = new TreeMap<>();

  static {
    for (Path crd : Crds.files()) {
      try {
        CrdValidator validator = CrdValidator.of(new YAMLMapper().readTree(crd.toFile()));
        CRDS.put(validator.kind().toLowerCase(), crd);
        VALIDATORS.put(validator.kind().toLowerCase(), validator);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void eachKindHasAFolder() {
    assertThat(list(FIXTURES).stream().map(folder -> folder.getFileName().toString()))
        .containsExactlyElementsOf(VALIDATORS.keySet());
  }

  @TestFactory
  Stream<DynamicNode> fixtures() {
    return VALIDATORS.entrySet().stream()
        .map(
            kind ->
                dynamicContainer(
                    kind.getKey(),
                    list(FIXTURES.resolve(kind.getKey())).stream()
                        .map(
                            file ->
                                dynamicTest(
                                    file.getFileName().toString(),
                                    file.toUri(),
                                    () -> judge(kind.getValue(), CrdFixture.read(file))))));
  }

  @TestFactory
  Stream<DynamicNode> eachRuleIsViolatedBySomeFile() {
    return VALIDATORS.entrySet().stream()
        .map(
            kind ->
                dynamicTest(
                    kind.getKey(),
                    () ->
                        assertThat(violated(kind.getKey()).map(CrdRulesTest::anyIndex))
                            .containsAll(kind.getValue().rules())));
  }

  @TestFactory
  Stream<DynamicNode> eachLimitOfTheSchemaIsViolatedBySomeFile() {
    return CRDS.entrySet().stream()
        .map(
            kind ->
                dynamicTest(
                    kind.getKey(),
                    () -> {
                      List<String> violated =
                          violated(kind.getKey()).map(Violation::toString).toList();
                      assertThat(SchemaLimits.of(kind.getValue()))
                          .isNotEmpty()
                          .filteredOn(limit -> violated.stream().noneMatch(limit.asPredicate()))
                          .as("limits that no file violates")
                          .isEmpty();
                    }));
  }

  private static void judge(CrdValidator validator, CrdFixture fixture) {
    fixture.checkItself(validator);
    List<Violation> findings = fixture.findings(validator);
    List<String> left = new ArrayList<>(findings.stream().map(Violation::toString).toList());
    // The most exact first: a short line must not take the finding that a longer one needs.
    fixture.expected().stream()
        .sorted(Comparator.comparing(String::length).reversed())
        .forEach(
            expected -> {
              String found =
                  left.stream().filter(text -> text.contains(expected)).findFirst().orElse(null);
              assertThat(found).as("expected: %s; found: %s", expected, findings).isNotNull();
              left.remove(found);
            });
    assertThat(left).as("found, and not expected").isEmpty();
  }

  private static Stream<Violation> violated(String kind) {
    return list(FIXTURES.resolve(kind)).stream()
        .map(CrdFixture::read)
        .filter(fixture -> !fixture.valid())
        .flatMap(fixture -> fixture.findings(VALIDATORS.get(kind)).stream());
  }

  /** The finding as the rule that it comes from, which may have failed while it was evaluated. */
  private static Violation anyIndex(Violation finding) {
    return new Violation(
        finding.field().replaceAll("\\[[^]]*]", "[]"),
        finding.message().replaceFirst("\"array\": insert failed: .* evaluating rule: ", ""));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
