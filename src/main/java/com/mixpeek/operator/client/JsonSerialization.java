package com.mixpeek.operator.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reads JSON without looking for YAML in it: fabric8 makes bytes of what was text, and a buffer of
 * eight kilobytes for each of them.
 */
final class JsonSerialization extends KubernetesSerialization {

  private static final Logger LOG = LoggerFactory.getLogger(JsonSerialization.class);

  private final ObjectMapper mapper;

  JsonSerialization(ObjectMapper mapper) {
    super(mapper, false);
    this.mapper = mapper;
  }

  @Override
  public <T> T unmarshal(String text, Class<T> type) {
    if (!text.startsWith("{")) {
      return super.unmarshal(text, type);
    }
    try {
      return mapper.readValue(text, type);
    } catch (IOException e) {
      throw retried(type, e);
    }
  }

  /** Of what a watch told that could not be read at once. */
  @Override
  public <T> T convertValue(Object value, Class<T> type) {
    try {
      return super.convertValue(value, type);
    } catch (IllegalArgumentException e) {
      throw retried(type, e);
    }
  }

  @Override
  public <T> T unmarshal(InputStream stream, Class<T> type) {
    try {
      if (!isJson(stream)) {
        return super.unmarshal(stream, type);
      }
      return mapper.readValue(stream, type);
    } catch (IOException | RuntimeException e) {
      throw retried(type, e);
    }
  }

  /** Of lists. */
  @Override
  public <T> T unmarshal(InputStream stream, TypeReference<T> type) {
    try {
      if (!isJson(stream)) {
        return super.unmarshal(stream, type);
      }
      return mapper.readerFor(type).readValue(stream);
    } catch (IOException | RuntimeException e) {
      throw retried(type.getType(), e);
    }
  }

  /**
   * An informer gives up for ever where Jackson is the cause, and it may have been a proxy that
   * answered for a moment. What a field cannot be read as is no such failure here.
   */
  private static KubernetesClientException retried(Type type, Exception e) {
    // Not in its words, in which there may be what is in a Secret. What says why a request failed
    // may be of any form, as for a kind that nobody has installed: the code says enough.
    LOG.atLevel(type == Status.class ? Level.DEBUG : Level.WARN)
        .log(
            "What was answered is no {}, and is asked for again: see what stands between the operator and"
                + " its API server.",
            type.getTypeName());
    return new KubernetesClientException(
        "The answer is not what API servers give: " + e.getMessage());
  }

  /** Whether it surely is, which leaves the stream where it was. */
  private static boolean isJson(InputStream stream) throws IOException {
    if (!stream.markSupported()) {
      return false;
    }
    stream.mark(1);
    int first = stream.read();
    stream.reset();
    return first == '{';
  }
}
