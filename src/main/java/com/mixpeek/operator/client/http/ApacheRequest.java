package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.ByteArrayBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.InputStreamBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.StringBodyContent;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;

/** A request of fabric8's as Apache HttpClient sends it. */
final class ApacheRequest extends HttpUriRequestBase {

  private static final long serialVersionUID = 1L;
  private static final long LARGE = 32 * 1024;

  /** The time until which the answer is to be read, by {@link System#nanoTime}. */
  private final long deadline;

  private final boolean endless;
  private final HttpHost server;

  /**
   * @param timeout of the whole answer, and of each pause in it; zero for one that has none
   * @throws IllegalArgumentException if the URI names no host
   */
  ApacheRequest(StandardHttpRequest request, Duration timeout) {
    super(request.method(), request.uri());
    request.headers().forEach((name, values) -> values.forEach(value -> addHeader(name, value)));
    if (request.getContentType() != null) {
      setHeader(StandardHttpHeaders.CONTENT_TYPE, request.getContentType());
    }
    if (request.body() != null) {
      setEntity(entity(request.body()));
    }
    if (getAuthority() == null) {
      throw new IllegalArgumentException(request.uri() + " names no host.");
    }
    // Not the URI's host, which is null where the name has an underscore.
    server = new HttpHost(getScheme(), getAuthority());
    endless = timeout.isZero();
    deadline = System.nanoTime() + timeout.toNanos();
    setConfig(config(endless ? Timeout.DISABLED : Timeout.of(timeout)));
  }

  /**
   * Leaves the rest of the time for the answer, after it may have waited for others to be sent.
   *
   * @throws SocketTimeoutException if no time is left, as whoever asked has given up by then
   */
  void begin() throws SocketTimeoutException {
    if (isLate()) {
      throw new SocketTimeoutException("The request was not sent in time, as others were before.");
    }
    setConfig(config(endless ? Timeout.DISABLED : Timeout.ofMilliseconds(left())));
  }

  /** How long the answer may take from now on, in milliseconds; never 0, which is without end. */
  long left() {
    return 1 + Math.max(0, deadline - System.nanoTime()) / 1_000_000;
  }

  /** Whether sending it may take long by itself, as it is more than a connection's buffers hold. */
  boolean isLarge() {
    return !endless && getEntity() != null && getEntity().getContentLength() > LARGE;
  }

  private static RequestConfig config(Timeout response) {
    return RequestConfig.custom()
        .setProtocolUpgradeEnabled(false)
        .setResponseTimeout(response)
        .build();
  }

  HttpHost server() {
    return server;
  }

  /** Whether more time has passed than the whole answer may take. */
  boolean isLate() {
    return !endless && System.nanoTime() - deadline > 0;
  }

  private static HttpEntity entity(StandardHttpRequest.BodyContent body) {
    if (body instanceof StringBodyContent text) {
      return new ByteArrayEntity(text.getContent().getBytes(StandardCharsets.UTF_8), null);
    }
    if (body instanceof ByteArrayBodyContent bytes) {
      return new ByteArrayEntity(bytes.getContent(), null);
    }
    if (body instanceof InputStreamBodyContent stream) {
      return new InputStreamEntity(stream.getContent(), stream.getLength(), null);
    }
    throw new IllegalArgumentException("Not a body that can be sent: " + body.getClass());
  }
}
