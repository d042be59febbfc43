package com.mixpeek.operator.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * One JSON object a line: {@code time}, {@code level}, what the line is about as {@code namespace},
 * {@code name}, {@code kind} and {@code reason}, {@code message}, and the {@code exception} with
 * its stack. What there is not is left out.
 */
public final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {

  /** What the fields about a resource begin with in the thread's diagnostic context. */
  public static final String CONTEXT = "mixpeek.";

  private static final List<String> FIELDS = List.of("namespace", "name", "kind", "reason");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final byte[] NOTHING = {};

  @Override
  public byte[] encode(ILoggingEvent event) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", TIME.format(event.getInstant()))
            .put("level", event.getLevel().toString());
    for (String field : FIELDS) {
      String value = event.getMDCPropertyMap().get(CONTEXT + field);
      if (value != null) {
        line.put(field, value);
      }
    }
    line.put("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      line.put("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
