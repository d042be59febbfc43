package com.mixpeek.operator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Reason;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages name exists: other pages, files, make targets, classes, reasons. */
class ReferencesTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w./:…$-])(?:deploy|src|crds|\\.ci)(?:/[\\w.*-]+)+");
  private static final Pattern MAKE = Pattern.compile("\\bmake ((?!and\\b)[a-z-]+)\\b");
  private static final Pattern CODE = Pattern.compile("(?:(?<=`)|(?<=\\$ ))[^`\n]+");
  private static final Pattern TARGET = Pattern.compile("(?m)^([a-z-]+):");
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");
  private static final Pattern REASON =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (yes)? ?\\| [^|]* \\| [^|]* \\|$");

  private static final List<JavaClass> OURS =
      new ClassFileImporter().importPackages("com.mixpeek.operator").stream().toList();

  /** Condition types, which are no classes. */
  private static final Set<String> CONDITIONS = Set.of("Ready", "Stalled");

  static List<Document> pages() {
    return Document.all();
  }

  static Stream<Document> pagesOnTheCode() {
    return Stream.of("CONTRIBUTING.md", "src/main/java/com/mixpeek/operator/DESIGN.md")
        .map(Path::of)
        .map(Document::read);
  }

  @Test
  void thereAreSomePages() {
    assertThat(pages()).hasSizeGreaterThan(6);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Document page) {
    for (MatchResult link : LINK.matcher(page.prose()).results().toList()) {
      if (link.group(1).contains(":")) {
        continue;
      }
      Path target = page.path().resolveSibling(link.group(1)).normalize();
      Path read = link.group(1).isEmpty() ? page.path() : target;
      assertThat(read).as(link.group()).exists();
      if (link.group(2) != null) {
        assertThat(anchors(Document.read(read))).as(link.group()).contains(link.group(2));
      }
    }
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Document page) {
    return HEADING
        .matcher(page.prose())
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void filesExist(Document page) throws IOException {
    for (MatchResult path : page.find(PATH).toList()) {
      String name = path.group().replaceAll("\\.+$", "");
      assertThat(exists(name)).as(name).isTrue();
    }
  }

  private static boolean exists(String name) throws IOException {
    if (!name.contains("*")) {
      return Files.exists(Path.of(name));
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
    try (Stream<Path> files = Files.walk(Path.of(name.substring(0, name.indexOf('/'))))) {
      return files.anyMatch(matcher::matches);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void makeTargetsExist(Document page) {
    Set<String> targets =
        Stream.of("Makefile", "deploy/manifests.mk")
            .map(file -> Document.read(Path.of(file)))
            .flatMap(file -> file.find(TARGET))
            .map(target -> target.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(page.find(CODE).flatMap(code -> MAKE.matcher(code.group()).results()))
        .allSatisfy(make -> assertThat(targets).as(make.group()).contains(make.group(1)));
  }

  /** In pages on the code what looks like a class is one of ours, or one that ours use. */
  @ParameterizedTest
  @MethodSource("pagesOnTheCode")
  void classesExist(Document page) {
    Set<String> known =
        Stream.of(
                OURS.stream().map(JavaClass::getSimpleName),
                OURS.stream()
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getSimpleName),
                OURS.stream()
                    .filter(JavaClass::isEnum)
                    .flatMap(type -> type.getFields().stream())
                    .map(JavaField::getName),
                CONDITIONS.stream())
            .flatMap(names -> names)
            .collect(Collectors.toSet());
    for (MatchResult found : page.find(CLASS).toList()) {
      assertThat(known).as(found.group()).contains(found.group(1));
      if (found.group(2) != null) {
        assertThat(OURS)
            .as(found.group())
            .anyMatch(
                type ->
                    type.getSimpleName().equals(found.group(1))
                        && type.getMethods().stream()
                            .anyMatch(method -> method.getName().equals(found.group(2))));
      }
    }
  }

  @Test
  void eachPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java/com/mixpeek/operator"))) {
      assertThat(folders.filter(Files::isDirectory))
          .hasSizeGreaterThan(10)
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  /** The table of what a clone reports has each reason that a clone can have. */
  @Test
  void theTableOfReasonsIsWhole() {
    List<String> expected =
        Arrays.stream(Reason.values())
            .filter(reason -> reason.ordinal() < Reason.Assigned.ordinal())
            .map(reason -> reason.name() + (reason.stalled() ? " yes" : ""))
            .toList();
    assertThat(
            Document.read(Path.of("README.md"))
                .find(REASON)
                .map(row -> row.group(1) + (row.group(2) == null ? "" : " yes")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
