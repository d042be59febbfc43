package com.mixpeek.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.telemetry.JsonLogEncoder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReconciliationLoggerTest {

  private static final String NAME = "step-log-test";

  @Test
  void aStepIsOneLineWithItsFieldsAndNothingOfTheSpec() {
    Collection collection = collection();
    ReportedStatus status = CatalogKind.COLLECTION.newStatus().get();
    status.setConditions(
        Conditions.of(null, Reason.Assigned, "The ID is col_1.", 1L, Instant.EPOCH));
    assertThat(
            logged(
                () ->
                    ReconciliationLogger.reported(
                        LoggerFactory.getLogger(NAME), collection, status)))
        .hasLineCount(1)
        .contains("\"level\":\"INFO\"")
        .contains("\"namespace\":\"production\"")
        .contains("\"name\":\"articles\"")
        .contains("\"kind\":\"Collection\"")
        .contains("\"reason\":\"Assigned\"")
        .contains("\"message\":\"Collection production/articles: Assigned\"")
        .doesNotContain("secret");
  }

  @Test
  void aFailureIsToldWithoutTheExceptionsAroundIt() {
    Exception wrapped = new OperatorException(new IllegalStateException("The cache is behind"));
    assertThat(
            logged(
                () ->
                    ReconciliationLogger.retried(
                        LoggerFactory.getLogger(NAME), collection(), wrapped)))
        .hasLineCount(1)
        .contains("\"level\":\"WARN\"")
        .contains("Collection production/articles: The cache is behind. It is tried again.")
        .doesNotContain("Exception");
  }

  /** As a timeout of fabric8 has none. */
  @Test
  void aFailureThatSaysNothingIsToldToo() {
    assertThat(
            logged(
                () ->
                    ReconciliationLogger.retried(
                        LoggerFactory.getLogger(NAME), collection(), new IllegalStateException())))
        .contains("It failed without a word (IllegalStateException). It is tried again.");
  }

  /** In a namespace that is going away nothing else tells of it: no Event can be written there. */
  @Test
  void whatStaysAtMixpeekIsToldWithItsPlace() {
    assertThat(
            logged(
                () ->
                    ReconciliationLogger.leftBehind(
                        LoggerFactory.getLogger(NAME), collection(), "It stays at Mixpeek.")))
        .contains("\"level\":\"WARN\"")
        .contains("Collection production/articles: It stays at Mixpeek.");
  }

  private static Collection collection() {
    Collection collection = new Collection();
    collection.setMetadata(
        new ObjectMetaBuilder().withNamespace("production").withName("articles").build());
    collection.getSpec().put("description", "secret");
    return collection;
  }

  /** What the production's JSON layout makes of it. */
  private static String logged(Runnable step) {
    Logger logger = (Logger) LoggerFactory.getLogger(NAME);
    JsonLogEncoder encoder = new JsonLogEncoder();
    encoder.start();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(logger.getLoggerContext());
    appender.setEncoder(encoder);
    appender.setOutputStream(written);
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
    try {
      step.run();
    } finally {
      logger.detachAppender(appender);
    }
    return written.toString(StandardCharsets.UTF_8);
  }
}
