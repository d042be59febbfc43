package com.mixpeek.operator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.Yaml;
import com.mixpeek.operator.testing.server.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** Applies examples one after the other while an operator runs, and judges how each ends. */
final class ExampleRun implements AutoCloseable {

  /** How long the next file waits for a first word on the last one, so that both read in order. */
  private static final Duration FIRST_WORD = Duration.ofSeconds(5);

  /** How long all must have ended until what is not as expected is believed to stay so. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(100);

  private final ApiServer server;
  private final KubernetesClient client;
  private final String namespace;
  private final Duration patience;
  private final PrintStream out;
  private final StatusLines lines;

  /**
   * @param patience how long all of it may take at most once the last file is applied
   */
  ExampleRun(
      ApiServer server, String namespace, Duration patience, PrintStream out, StatusLines lines) {
    this.server = server;
    this.client = server.client();
    this.namespace = namespace;
    this.patience = patience;
    this.out = out;
    this.lines = lines;
  }

  /**
   * Applies all of them and waits for their end.
   *
   * @return a sentence on each that did not end as it says
   */
  List<String> run(List<Example> examples) throws InterruptedException {
    for (Example example : examples) {
      out.printf("%n%s%n  %s%n", example.file(), example.comment());
      apply(example);
      if (example.isClone()) {
        lines.await(example.qualifiedName() + " \\w+: ", FIRST_WORD);
      }
    }
    awaitEnd(examples);
    return examples.stream().filter(e -> !asItSays(e)).map(this::complaint).toList();
  }

  private void awaitEnd(List<Example> examples) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Duration settled = Duration.ZERO;
    while (!examples.stream().allMatch(this::asItSays)
        && settled.compareTo(SETTLED) < 0
        && System.nanoTime() < end) {
      Thread.sleep(POLL.toMillis());
      settled = examples.stream().allMatch(this::ended) ? settled.plus(POLL) : Duration.ZERO;
    }
    for (Example example : examples) {
      if (example.isClone() && asItSays(example)) {
        lines.await("%s %s: ".formatted(example.qualifiedName(), example.endsAs()), FIRST_WORD);
      }
    }
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
      throw new DemoStoppedException(
          "The API server refused %s: %s".formatted(example.file(), DemoStoppedException.why(e)));
    }
  }

  /** The example's Ready condition, missing while it has none. */
  private JsonNode ready(Example example) {
    JsonNode conditions =
        Yaml.tree(client.resource(example.resource()).inNamespace(namespace).get())
            .at("/status/conditions");
    return StreamSupport.stream(conditions.spliterator(), false)
        .filter(c -> c.path("type").asText().equals(Conditions.READY))
        .findFirst()
        .orElse(conditions.path(conditions.size()));
  }

  private String reason(Example example) {
    return ready(example).path("reason").asText();
  }

  private boolean asItSays(Example example) {
    return reason(example).equals(example.endsAs());
  }

  /** Whether nothing more is to be expected without a person's doing. */
  private boolean ended(Example example) {
    String reason = reason(example);
    return !reason.isEmpty()
        && (Reason.valueOf(reason).ready() || Reason.valueOf(reason).stalled());
  }

  private String complaint(Example example) {
    JsonNode ready = ready(example);
    String what =
        ready.isMissingNode()
            ? "has no Ready condition"
            : "is %s: %s".formatted(ready.path("reason").asText(), ready.path("message").asText());
    return "%s: %s should end as %s, and %s"
        .formatted(example.file(), example.name(), example.endsAs(), what);
  }

  @Override
  public void close() {
    client.close();
  }
}
