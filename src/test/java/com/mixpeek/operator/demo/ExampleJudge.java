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
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** Applies examples while an operator runs, and judges how each ends. */
final class ExampleJudge implements AutoCloseable {

  /** How long all must have ended until what is not as expected is believed to stay so. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(100);

  private final ApiServer server;
  private final KubernetesClient client;
  private final String namespace;
  private final Duration patience;

  /**
   * @param patience how long examples may take at most to end
   */
  ExampleJudge(ApiServer server, String namespace, Duration patience) {
    this.server = server;
    this.client = server.client();
    this.namespace = namespace;
    this.patience = patience;
  }

  void apply(Example example) {
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

  /**
   * Waits for the end of all.
   *
   * @return a sentence on each that did not end as it says
   */
  List<String> complaints(List<Example> examples) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Duration settled = Duration.ZERO;
    while (!examples.stream().allMatch(this::endsAsItSays)
        && settled.compareTo(SETTLED) < 0
        && System.nanoTime() < end) {
      Thread.sleep(POLL.toMillis());
      settled = examples.stream().allMatch(this::ended) ? settled.plus(POLL) : Duration.ZERO;
    }
    return examples.stream().filter(e -> !endsAsItSays(e)).map(this::complaint).toList();
  }

  /** The example as it is on the server. */
  JsonNode found(Example example) {
    return Yaml.tree(client.resource(example.resource()).inNamespace(namespace).get());
  }

  /** The example's Ready condition, missing while it has none. */
  JsonNode ready(Example example) {
    JsonNode conditions = found(example).at("/status/conditions");
    return StreamSupport.stream(conditions.spliterator(), false)
        .filter(c -> c.path("type").asText().equals(Conditions.READY))
        .findFirst()
        .orElse(conditions.path(conditions.size()));
  }

  boolean endsAsItSays(Example example) {
    return reason(example).equals(example.endsAs());
  }

  private String reason(Example example) {
    return ready(example).path("reason").asText();
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
