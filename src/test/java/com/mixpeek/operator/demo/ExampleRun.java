package com.mixpeek.operator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.Crds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Applies examples one after the other, and tells what becomes of them. The operator runs. */
final class ExampleRun implements AutoCloseable {

  /** How long the next file waits for a first word on the last one, so that both read in order. */
  private static final Duration FIRST_WORD = Duration.ofSeconds(5);

  /** How long nothing may change until what is not as expected is believed to stay so. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final ApiServer server;
  private final KubernetesClient client;
  private final String namespace;
  private final Duration patience;
  private final PrintStream out;
  private final Set<Key> applied = ConcurrentHashMap.newKeySet();
  private final long start = System.nanoTime();
  private final Follower follower;

  /**
   * @param patience how long all of it may take at most once the last file is applied
   */
  ExampleRun(ApiServer server, String namespace, Duration patience, PrintStream out) {
    this.server = server;
    this.client = server.client();
    this.namespace = namespace;
    this.patience = patience;
    this.out = out;
    this.follower = new Follower(client, namespace, this::tell);
  }

  /**
   * Applies all of them and waits for their end.
   *
   * @return a sentence on each that did not end as it says
   */
  List<String> run(List<Example> examples) throws InterruptedException {
    for (Example example : examples) {
      out.printf("%n%s%n  %s%n", example.file(), example.comment());
      applied.add(example.key());
      apply(example);
      follower.await(() -> !reason(example).isEmpty(), FIRST_WORD);
    }
    follower.await(
        () ->
            examples.stream().allMatch(this::asItSays)
                || (examples.stream().allMatch(e -> follower.report(e.key()).ended() || asItSays(e))
                    && follower.quiet().compareTo(QUIET) > 0),
        patience);
    return examples.stream().filter(e -> !asItSays(e)).map(this::complaint).toList();
  }

  /** The tables that {@code kubectl get mixpeek} would print. */
  void printTables(Instant now) {
    Crds.all()
        .forEach(
            crd -> {
              List<JsonNode> resources = follower.all(crd.getSpec().getNames().getKind());
              new KubectlTable(crd).lines(resources, now).forEach(out::println);
              out.println();
            });
  }

  /** For each clone what differs from its source. */
  void printDifferences(List<Example> examples) {
    examples.stream().filter(Example::isClone).forEach(this::printDifference);
  }

  private void printDifference(Example example) {
    JsonNode status = follower.get(example.key()).path("status");
    JsonNode source = catalogued(example, status.path("sourceName").asText());
    JsonNode target = catalogued(example, status.path("targetName").asText());
    if (source.isMissingNode() || target.isMissingNode()) {
      Report report = follower.report(example.key());
      out.printf("%s made nothing: %s%n%n", example.key(), report.reason());
      return;
    }
    out.printf(
        "%s made %s of %s%n",
        example.key(), status.path("targetName").asText(), status.path("sourceName").asText());
    SpecDiff.lines(source.path("spec"), target.path("spec"))
        .forEach(line -> out.println("  " + line));
    out.println();
  }

  private JsonNode catalogued(Example clone, String name) {
    return follower.get(clone.key().cataloged(name));
  }

  private void apply(Example example) {
    GenericKubernetesResource resource = Serialization.clone(example.resource());
    resource.getMetadata().setNamespace(namespace);
    try {
      if (server.real()) {
        client.resource(resource).fieldValidation(Validation.STRICT).serverSideApply();
      } else {
        client.resource(resource).create();
      }
    } catch (KubernetesClientException e) {
      throw new Sentence(
          "The API server refused %s: %s".formatted(example.file(), Sentence.why(e)));
    }
  }

  private void tell(Key key, Report report) {
    if (applied.contains(key)) {
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf(Locale.ROOT, "  %6.2fs  %s is %s.%n", seconds, key, report.reason());
      out.printf("           %s%n", report.message());
    }
  }

  private String reason(Example example) {
    return follower.report(example.key()).reason();
  }

  private boolean asItSays(Example example) {
    return reason(example).equals(example.endsAs());
  }

  private String complaint(Example example) {
    Report report = follower.report(example.key());
    return report.reason().isEmpty()
        ? "%s: %s should end as %s, and the operator said nothing of it."
            .formatted(example.file(), example.key(), example.endsAs())
        : "%s: %s should end as %s, and is %s: %s"
            .formatted(
                example.file(), example.key(), example.endsAs(), report.reason(), report.message());
  }

  @Override
  public void close() {
    follower.close();
    client.close();
  }
}
