package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.client.ApiErrors;
import com.mixpeek.operator.telemetry.JsonLogEncoder;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** One line a step in the log: namespace, name, kind, reason; never what stands in a spec. */
public final class ReconciliationLogger {

  private static final String AGAIN = "It is tried again.";

  private ReconciliationLogger() {}

  /** Says that a status was written. */
  public static void reported(Logger log, HasMetadata resource, ReportedStatus status) {
    status
        .ready()
        .map(Condition::getReason)
        .ifPresent(reason -> about(resource, reason, text -> log.info("{}: {}", text, reason)));
  }

  /** Says that something failed and is tried again. */
  public static void retried(Logger log, HasMetadata resource, Exception e) {
    String told = sentence(told(e));
    String again = told.endsWith(AGAIN) ? told : told + " " + AGAIN;
    about(resource, "Retry", text -> log.warn("{}: {}", text, again));
    log.debug("The failure in full", e);
  }

  /** Says that a resource is left alone, as these fields cannot be read. */
  public static void passedOver(Logger log, HasMetadata resource, List<String> unreadable) {
    about(
        resource,
        "Unreadable",
        text ->
            log.warn(
                "{}: This version cannot read {}, and leaves the resource alone.",
                text,
                String.join(", ", unreadable)));
  }

  /** Logs a line about a resource: the same words for people, and as fields for machines. */
  /** What stays at Mixpeek of a resource that goes. */
  static void leftBehind(Logger log, HasMetadata resource, String note) {
    about(resource, "LeftBehind", text -> log.warn("{}: {}", text, note));
  }

  private static void about(HasMetadata resource, String reason, Consumer<String> line) {
    var metadata = resource.getMetadata();
    try (var namespace = field("namespace", metadata.getNamespace());
        var name = field("name", metadata.getName());
        var kind = field("kind", resource.getKind());
        var why = field("reason", reason)) {
      line.accept(
          "%s %s/%s".formatted(resource.getKind(), metadata.getNamespace(), metadata.getName()));
    }
  }

  private static MDC.MDCCloseable field(String name, String value) {
    return MDC.putCloseable(JsonLogEncoder.CONTEXT + name, value);
  }

  private static String sentence(String words) {
    return words.endsWith(".") ? words : words + ".";
  }

  /** The message of what went wrong, not that of the SDK's exceptions around it. */
  private static String told(Throwable e) {
    Throwable inner = e;
    while (inner instanceof OperatorException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    String words =
        inner instanceof KubernetesClientException refused
            ? ApiErrors.message(refused).orElseGet(refused::getMessage)
            : inner.getMessage();
    return words == null
        ? "It failed without a word (" + inner.getClass().getSimpleName() + ")"
        : words;
  }
}
