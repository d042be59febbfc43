package com.mixpeek.operator.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The operator's log, on the standard error. Set up in code, as a file would have to be parsed at
 * each start.
 */
public final class OperatorLog {

  private static final String TEXT = "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\", UTC} %-5level %msg%n%ex";

  /** Failures are told in one line by the operator itself, and tried again. */
  private static final Map<String, Level> LIBRARIES =
      Map.of(
          "io.javaoperatorsdk", Level.ERROR,
          "Default ConfigurationService implementation", Level.ERROR,
          "io.fabric8", Level.ERROR,
          // Writes all that is sent and received, tokens and Secrets included.
          "org.apache.hc", Level.ERROR,
          "io.fabric8.kubernetes.client.extended.leaderelection", Level.OFF);

  private OperatorLog() {}

  /**
   * Writes what is logged from now on.
   *
   * @param level the least severe that is written
   * @param format {@code text} or {@code json}
   */
  public static void configure(org.slf4j.event.Level level, String format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder(context, format));
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.convertAnSLF4JLevel(level));
    root.addAppender(console);
    LIBRARIES.forEach((name, least) -> context.getLogger(name).setLevel(least));
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, String format) {
    if (format.equals("json")) {
      JsonLogEncoder json = new JsonLogEncoder();
      json.setContext(context);
      json.start();
      return json;
    }
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setContext(context);
    text.setCharset(StandardCharsets.UTF_8);
    text.setPattern(TEXT);
    text.start();
    return text;
  }
}
