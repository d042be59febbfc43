package com.mixpeek.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The arrows between the packages go one way, and what decides touches nothing. */
class ArchitectureTest {

  private static final String ROOT = "com.mixpeek.operator";
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static final String[] PURE = {
    ROOT + ".api", ROOT + ".lookup..", ROOT + ".clone..", ROOT + ".catalog.."
  };

  /** Every package of ours, and which others it may know. */
  private static final String KNOWS =
      """
      api              -> api.schema
      api.schema       ->
      lookup           -> api
      clone            -> api, lookup
      catalog          -> api, lookup
      cluster          -> api, lookup
      connection       -> api, cluster, remote
      connection.catalog -> api, lookup, catalog, cluster, connection, remote
      controller       -> api, lookup, clone, catalog, client, cluster, connection, connection.catalog
      telemetry        ->
      client           -> api
      client.http      ->
      remote           -> api, client
      (root)           -> api, client, cluster, connection, connection.catalog, controller, remote, telemetry
      cli.terminal     ->
      cli.manifest     ->
      cli.validation   -> api
      cli.cluster      -> api, client, cli.manifest
      cli.remote       -> api, remote, cli.cluster, cli.validation
      cli.plan         -> api, lookup, clone, catalog, cli.cluster, cli.manifest, cli.remote, cli.terminal, cli.validation
      cli.diff         -> api, clone, cli.cluster, cli.manifest, cli.plan, cli.terminal
      cli.fork         -> api, clone, cli.cluster, cli.manifest, cli.plan
      cli.graph        -> api, lookup, clone, cli.cluster, cli.manifest, cli.plan, cli.terminal
      cli.status       -> api, clone, lookup, cli.cluster, cli.terminal
      cli.status.live  -> api, cli.status, cli.terminal
      cli              -> api, remote, cli.cluster, cli.diff, cli.fork, cli.graph, cli.manifest, cli.plan, cli.remote, cli.status, cli.status.live, cli.terminal
      crd              -> api, api.schema, telemetry
      """;

  @Test
  void arrowsGoOneWay() {
    Map<String, String[]> knows = new LinkedHashMap<>();
    KNOWS
        .lines()
        .map(line -> line.split(" *-> *", 2))
        .forEach(
            sides ->
                knows.put(sides[0], sides[1].isEmpty() ? new String[0] : sides[1].split(", ")));
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture();
    for (String name : knows.keySet()) {
      layers = layers.layer(name).definedBy(name.equals("(root)") ? ROOT : ROOT + "." + name);
    }
    for (Map.Entry<String, String[]> entry : knows.entrySet()) {
      LayeredArchitecture.LayerDependencySpecification layer = layers.whereLayer(entry.getKey());
      layers =
          entry.getValue().length == 0
              ? layer.mayNotAccessAnyLayer()
              : layer.mayOnlyAccessLayers(entry.getValue());
    }
    layers.check(OURS);
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
                "io.javaoperatorsdk..", "io.micrometer..", "io.prometheus..", "ch.qos.logback.."))
        .check(OURS);
  }

  /** It has keys in its hands: what it has to say it says in an answer, without them. */
  @Test
  void whatSendsKeysLogsAndMeasuresNothing() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".remote..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.slf4j..", "java.util.logging..", "io.micrometer..")
                .or(belongToAnyOf(System.class, System.Logger.class)))
        .check(OURS);
  }

  @Test
  void thereAreNoCirclesOfPackages() {
    slices()
        .assignedFrom(each("package", JavaClass::getPackageName))
        .should()
        .beFreeOfCycles()
        .check(OURS);
  }

  /** A nested class is part of the one around it. */
  @Test
  void thereAreNoCirclesOfClasses() {
    slices()
        .assignedFrom(each("class", type -> type.getName().replaceFirst("\\$.*", "")))
        .should()
        .beFreeOfCycles()
        .check(OURS);
  }

  /** They know data and each other: no client, no file, no network, no thread, no log. */
  @Test
  void whatDecidesTouchesNothing() {
    classes()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(PURE)
                .or(
                    resideInAnyPackage(
                        ROOT + ".api.schema",
                        "java.lang..",
                        "java.math",
                        "java.nio.charset",
                        "java.security",
                        "java.time..",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        "java.util.zip",
                        "com.fasterxml.jackson..",
                        "io.fabric8.crd.generator.annotation",
                        "io.fabric8.generator.annotation",
                        "io.fabric8.kubernetes.api.model..",
                        "io.fabric8.kubernetes.model.annotation"))
                // What Jackson declares to throw is no access to the outside.
                .or(
                    belongToAnyOf(
                        CustomResource.class, IOException.class, UncheckedIOException.class)))
        .check(OURS);
  }

  /** A Turkish i would be another letter. */
  @Test
  void lettersAreChangedInNobodysLanguage() {
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .check(OURS);
  }

  /** The same arguments give the same result, whenever and wherever they are given. */
  @Test
  void whatDecidesKnowsNeitherTimeNorChanceNorMachine() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Clock.class,
            Process.class,
            ProcessBuilder.class,
            Random.class,
            Runtime.class,
            System.class,
            Thread.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .check(OURS);
  }

  @Test
  void namesSayWhatAClassIsFor() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)").check(OURS);
  }

  private static SliceAssignment each(String what, Function<JavaClass, String> name) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SliceIdentifier.of(name.apply(type));
      }

      @Override
      public String getDescription() {
        return "each " + what;
      }
    };
  }
}
