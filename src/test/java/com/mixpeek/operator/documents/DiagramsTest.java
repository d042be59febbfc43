package com.mixpeek.operator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Reason;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the diagrams of the design page draw is what the code is. */
class DiagramsTest {

  private static final String ROOT = "com.mixpeek.operator";
  private static final List<String> DIAGRAMS =
      Document.read(Path.of("src/main/java/com/mixpeek/operator/DESIGN.md"))
          .blocks("mermaid")
          .map(Document.Block::text)
          .toList();
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** {@code controller --> clone & api}; a name that Mermaid keeps for itself ends with _. */
  private static final Pattern ARROWS = Pattern.compile("(?m)^ *(\\w+) --> ([\\w& ]+)$");

  /** {@code CloneReconciler->>CloneLogic: decide}, with another arrow where none calls. */
  private static final Pattern STEP = Pattern.compile("(?m)^ *(\\w+)(-+[>)]+)(\\w+): (.*)$");

  private static final Pattern EXTERNAL = Pattern.compile("(?m)^ *participant (\\w+) as ");

  @ParameterizedTest
  @CsvSource({"0, com.mixpeek.operator, main", "1, com.mixpeek.operator.cli, commands"})
  void everyArrowBetweenPackagesIsDrawnAndEachThatIsDrawnIsReal(
      int diagram, String parent, String own) {
    Set<String> drawn =
        ARROWS
            .matcher(DIAGRAMS.get(diagram))
            .results()
            .flatMap(
                line ->
                    Arrays.stream(line.group(2).split("&"))
                        .map(to -> (line.group(1) + " --> " + to.strip()).replace("_", "")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(drawn).isEqualTo(arrows(parent, own));
  }

  private static Set<String> arrows(String parent, String own) {
    Set<String> arrows = new TreeSet<>();
    for (JavaClass from : OURS) {
      from.getDirectDependenciesFromSelf()
          .forEach(
              dependency ->
                  child(from, parent, own)
                      .ifPresent(
                          one ->
                              child(dependency.getTargetClass(), parent, own)
                                  .filter(other -> !other.equals(one))
                                  .ifPresent(other -> arrows.add(one + " --> " + other))));
    }
    return arrows;
  }

  /** The package right below the parent that the class is in, or the parent's own name. */
  private static Optional<String> child(JavaClass type, String parent, String own) {
    String name = type.getPackageName();
    if (name.equals(parent)) {
      return Optional.of(own);
    }
    return name.startsWith(parent + ".")
        ? Optional.of(name.substring(parent.length() + 1).split("\\.")[0])
        : Optional.empty();
  }

  @Test
  void everyStepOfACloneIsACallThatThereIs() {
    String diagram = DIAGRAMS.get(2);
    Set<String> external =
        EXTERNAL.matcher(diagram).results().map(p -> p.group(1)).collect(Collectors.toSet());
    List<MatchResult> steps = STEP.matcher(diagram).results().toList();
    assertThat(steps).hasSizeGreaterThan(15);
    for (MatchResult step : steps) {
      String from = step.group(1);
      String to = step.group(3);
      String what = step.group(4);
      if (step.group(2).equals("-->>")) {
        assertThat(words(what)).as(step.group()).allMatch(DiagramsTest::isVerdictOrReason);
      } else if (!external.contains(to)) {
        assertThat(called(to, what)).as(step.group()).isTrue();
        if (!external.contains(from) && step.group(2).equals("->>")) {
          assertThat(calls(from, to, what)).as(step.group()).isTrue();
        }
      }
    }
  }

  private static Stream<JavaClass> named(String name) {
    return OURS.stream().filter(type -> type.getSimpleName().equals(name));
  }

  private static boolean called(String name, String method) {
    return named(name)
        .anyMatch(t -> t.getMethods().stream().anyMatch(m -> is(m.getName(), method)));
  }

  /** Method references, which are called elsewhere, included. */
  private static boolean calls(String from, String to, String method) {
    return named(from)
        .flatMap(type -> type.getCodeUnitAccessesFromSelf().stream())
        .anyMatch(
            call -> call.getTargetOwner().getSimpleName().equals(to) && is(call.getName(), method));
  }

  /** A comment may stand behind a method's name. */
  private static boolean is(String method, String text) {
    return text.split("[ ,]")[0].equals(method);
  }

  private static Stream<String> words(String text) {
    return Pattern.compile("\\w+").matcher(text).results().map(MatchResult::group);
  }

  private static boolean isVerdictOrReason(String word) {
    return Arrays.stream(Reason.values()).anyMatch(r -> r.name().equals(word))
        || named(word).anyMatch(type -> type.getName().contains(".Verdict$"));
  }
}
