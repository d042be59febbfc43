package com.mixpeek.operator.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads JSON without looking for YAML in it: fabric8 makes bytes of what was text, and a buffer of
 * eight kilobytes for each of them.
 */
final class JsonSerialization extends KubernetesSerialization {

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
      throw KubernetesClientException.launderThrowable(e);
    }
  }

  @Override
  public <T> T unmarshal(InputStream stream, Class<T> type) {
    try {
      if (!isJson(stream)) {
        return super.unmarshal(stream, type);
      }
      return mapper.readValue(stream, type);
    } catch (IOException e) {
      throw KubernetesClientException.launderThrowable(e);
    }
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
