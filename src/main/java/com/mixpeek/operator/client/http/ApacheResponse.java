package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.MessageHeaders;

/**
 * A response of Apache HttpClient as fabric8 reads it.
 *
 * @param <B> the type of its body
 */
final class ApacheResponse<B> extends StandardHttpHeaders implements HttpResponse<B> {

  /** What fabric8 takes for an open watch; the API server answers 200. */
  private static final int SWITCHING_PROTOCOLS = 101;

  private final HttpRequest request;
  private final int code;
  private final B body;

  ApacheResponse(HttpRequest request, ClassicHttpResponse response, B body) {
    super(headers(response));
    this.request = request;
    this.code = response.getCode();
    this.body = body;
  }

  /** How a watch is said to be refused. */
  static WebSocketUpgradeResponse upgrade(
      HttpRequest request, org.apache.hc.core5.http.HttpResponse response) {
    return new WebSocketUpgradeResponse(request, response.getCode(), headers(response));
  }

  /** How a watch is said to be open. */
  static WebSocketUpgradeResponse upgraded(
      HttpRequest request, org.apache.hc.core5.http.HttpResponse response) {
    return new WebSocketUpgradeResponse(request, SWITCHING_PROTOCOLS, headers(response));
  }

  private static Map<String, List<String>> headers(MessageHeaders response) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response
        .headerIterator()
        .forEachRemaining(
            header ->
                headers
                    .computeIfAbsent(header.getName(), name -> new ArrayList<>(1))
                    .add(header.getValue()));
    return headers;
  }

  @Override
  public int code() {
    return code;
  }

  @Override
  public B body() {
    return body;
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public Optional<HttpResponse<?>> previousResponse() {
    return Optional.empty();
  }
}
