package com.mixpeek.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.SpecCheck;
import com.mixpeek.operator.catalog.CatalogLogic;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Overlay;
import com.mixpeek.operator.clone.StatusLogic;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchPredicates;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the packages go one way, and what decides touches nothing. */
class ArchitectureTest {

  private static final String ROOT = "com.mixpeek.operator";
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** What is not open to the outside of its package is named. */
  private static final Set<String> PURE =
      Set.of(
          CatalogKind.class.getName(),
          Conditions.class.getName(),
          SpecCheck.class.getName(),
          CatalogLogic.class.getName(),
          ROOT + ".catalog.Ids",
          CloneLogic.class.getName(),
          Overlay.class.getName(),
          StatusLogic.class.getName(),
          ROOT + ".clone.Digest",
          ROOT + ".clone.Messages",
          ROOT + ".clone.Ownership",
          ROOT + ".clone.SharedTargets",
          ROOT + ".clone.Verdict");

  /** Which packages of ours, separated by blanks, each may know beside itself. */
  @ParameterizedTest(name = "{0} knows no more than {1}")
  @CsvSource({
    "api, ''",
    "lookup, api",
    "clone, api lookup",
    "catalog, api lookup",
    "cluster, api lookup",
    "controller, api lookup clone catalog cluster",
    "telemetry, ''",
    "cli, api lookup clone catalog",
  })
  void arrowsGoOneWay(String name, String known) {
    String[] allowed =
        (name + " " + known)
            .lines()
            .flatMap(l -> Arrays.stream(l.strip().split(" ")))
            .map(p -> ROOT + "." + p + "..")
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(allowed)))
        .check(OURS);
  }

  /** The schema is what the CRDs are written from while building; at run time it is of no use. */
  @Test
  void onlyTheApiAndTheCrdWriterKnowTheSchema() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".api.schema")
        .should()
        .onlyHaveDependentClassesThat(resideInAnyPackage(ROOT + ".api..", ROOT + ".crd.."))
        .check(OURS);
  }

  @Test
  void nobodyKnowsTheCrdWriter() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".crd..")
        .should()
        .onlyHaveDependentClassesThat(resideInAPackage(ROOT + ".crd.."))
        .check(OURS);
  }

  /** So that neither its jar nor its image need what only the command line needs. */
  @Test
  void theOperatorDoesNotKnowTheCommandLine() {
    String[] commandLine = {ROOT + ".cli.."};
    classes()
        .that()
        .resideInAnyPackage(commandLine)
        .should()
        .onlyHaveDependentClassesThat(resideInAnyPackage(commandLine))
        .check(OURS);
  }

  /** Its jar leaves these out. */
  @Test
  void theCommandLineNeedsNothingThatReconcilesMeasuresOrLogs() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".cli..")
        .should()
        .transitivelyDependOnClassesThat(
            resideInAnyPackage(
                "io.javaoperatorsdk..",
                "io.micrometer..",
                "io.prometheus..",
                "org.apache.logging.."))
        .check(OURS);
  }

  @Test
  void thereAreNoCircles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void whatDecidesTouchesNothing() {
    Assertions.assertThat(OURS.stream().map(JavaClass::getName)).containsAll(PURE);
    noClasses()
        .that(
            ArchPredicates.are(
                resideInAPackage(ROOT + ".lookup..")
                    .or(JavaClass.Predicates.belongTo(named(PURE)))))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(KubernetesClient.class, Clock.class, Random.class, ThreadLocalRandom.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".cluster..",
            "io.javaoperatorsdk..",
            "io.fabric8.kubernetes.client.dsl..",
            "io.fabric8.kubernetes.client.http..",
            "java.io..",
            "java.nio.file..",
            "java.net..",
            "java.util.concurrent..",
            "org.slf4j..")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(OURS);
  }

  @Test
  void namesSayWhatAClassIsFor() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)").check(OURS);
  }

  private static DescribedPredicate<JavaClass> named(Set<String> names) {
    return DescribedPredicate.describe("what decides", c -> names.contains(c.getName()));
  }
}
