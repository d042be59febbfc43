package com.mixpeek.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What stands on the standard error, in either format. */
class OperatorLogTest {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  /** As the tests' own log is. */
  @AfterEach
  void reset() throws JoranException {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @Test
  void aLineOfTextIsATimeALevelAndAMessage() {
    assertThat(
            written(
                Level.INFO, "text", () -> LoggerFactory.getLogger("ours").warn("{} waits", "café")))
        .matches(TIME + " WARN  café waits\\n");
  }

  @Test
  void aFailureIsFollowedByItsStack() {
    assertThat(
            written(
                Level.INFO,
                "text",
                () -> LoggerFactory.getLogger("ours").error("Bad", new IOException("gone"))))
        .matches("(?s)" + TIME + " ERROR Bad\\njava.io.IOException: gone\\n\tat .*");
  }

  @Test
  void aLineOfJsonIsOneObjectWithoutWhatThereIsNot() throws IOException {
    JsonNode line = json(() -> LoggerFactory.getLogger("ours").info("\"{}\" is\nno name", "café"));
    assertThat(line.fieldNames()).toIterable().containsExactly("time", "level", "message");
    assertThat(line.get("time").asText()).matches(TIME);
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("message").asText()).isEqualTo("\"café\" is\nno name");
  }

  @Test
  void aStackIsAFieldOfTheSameLine() throws IOException {
    assertThat(
            json(() -> LoggerFactory.getLogger("ours").error("Bad", new IOException("gone")))
                .get("exception")
                .asText())
        .startsWith("java.io.IOException: gone")
        .contains("\tat " + OperatorLogTest.class.getName());
  }

  /** The HTTP client would write tokens and Secrets. */
  @Test
  void whatIsSentAndReceivedIsNeverWritten() {
    assertThat(
            written(
                Level.TRACE,
                "text",
                () -> {
                  LoggerFactory.getLogger("org.apache.hc.client5.http.headers").debug("Bearer x");
                  LoggerFactory.getLogger("org.apache.hc.client5.http.wire").debug("Bearer x");
                }))
        .isEmpty();
  }

  @Test
  void whatIsLessSevereIsNotWrittenNorWhatLibrariesSayInPassing() {
    assertThat(
            written(
                Level.INFO,
                "text",
                () -> {
                  LoggerFactory.getLogger("ours").debug("aside");
                  LoggerFactory.getLogger("io.fabric8.kubernetes.client").warn("aside");
                  LoggerFactory.getLogger("io.javaoperatorsdk.operator").warn("aside");
                }))
        .isEmpty();
    assertThat(written(Level.DEBUG, "text", () -> LoggerFactory.getLogger("ours").debug("looked")))
        .contains("DEBUG looked");
  }

  private static JsonNode json(Runnable logging) throws IOException {
    String written = written(Level.INFO, "json", logging);
    assertThat(written).hasLineCount(1).endsWith("\n");
    return new ObjectMapper().readTree(written);
  }

  private static String written(Level level, String format, Runnable logging) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      OperatorLog.configure(level, format);
      logging.run();
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8);
  }
}
