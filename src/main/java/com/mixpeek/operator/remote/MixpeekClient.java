package com.mixpeek.operator.remote;

import com.mixpeek.operator.client.ApiErrors;
import com.mixpeek.operator.remote.Answer.Cause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests to the Mixpeek API, one attempt each: whoever asked knows whether it may be
 * repeated. Safe for use by several threads, and for any number of endpoints.
 */
public final class MixpeekClient {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** In bytes: a page of a hundred resources of 160 KB each. */
  static final int LONGEST = 16 * 1024 * 1024;

  private final Clock clock;
  private final Duration timeout;

  /** Made when it is first needed: without an account it never is. */
  private HttpClient http;

  /**
   * @param timeout for the whole of a request and its answer
   */
  public MixpeekClient(Clock clock, Duration timeout) {
    this.clock = clock;
    this.timeout = timeout;
  }

  /** How long a request and its answer may take. */
  public Duration timeout() {
    return timeout;
  }

  private synchronized HttpClient http() {
    if (http == null) {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              // Shorter than the whole, as a connection that failed is one over which nothing was
              // sent.
              .connectTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout.dividedBy(2))
              // The key would be sent along.
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
    }
    return http;
  }

  /** Sends it and waits for what comes of it; where no answer comes, that is what came of it. */
  public Answer send(Endpoint endpoint, RemoteRequest request) {
    CompletableFuture<HttpResponse<String>> sent;
    try {
      sent =
          http()
              .sendAsync(http(endpoint, request), LimitedBody.of(BodyHandlers.ofString(), LONGEST));
    } catch (IllegalArgumentException e) {
      return reader(endpoint).unsendable(e.getMessage());
    }
    try {
      HttpResponse<String> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return reader(endpoint)
          .read(
              response.statusCode(),
              response.headers().firstValue("Date"),
              response.headers().firstValue("Retry-After"),
              response.body());
    } catch (TimeoutException e) {
      // The client's own timeout is for the head of an answer, not for its body.
      sent.cancel(true);
      return reader(endpoint)
          .unanswered(Cause.NoAnswer, "no answer within %d s".formatted(timeout.toSeconds()));
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      return reader(endpoint).unanswered(Cause.NoAnswer, "the operator is stopping");
    } catch (ExecutionException e) {
      return e.getCause() instanceof IllegalArgumentException refused
          ? reader(endpoint).unsendable(refused.getMessage())
          : reader(endpoint).unanswered(cause(e.getCause()), ApiErrors.connection(e));
    }
  }

  private AnswerReader reader(Endpoint endpoint) {
    return new AnswerReader(endpoint.key(), clock.instant());
  }

  private static Cause cause(Throwable failure) {
    if (failure instanceof ConnectException
        || failure instanceof HttpConnectTimeoutException
        || failure instanceof SSLHandshakeException) {
      return Cause.Unreachable;
    }
    if (failure instanceof IOException) {
      return Cause.NoAnswer;
    }
    throw new IllegalStateException("The request failed in a way that no network does.", failure);
  }

  private static HttpRequest http(Endpoint endpoint, RemoteRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(endpoint.resolve(request))
            .header("Accept", "application/json")
            .header("Authorization", endpoint.key().authorization())
            .header("User-Agent", "mixpeek-operator");
    if (request.operation() != Operation.GET_NAMESPACE) {
      builder.header("X-Namespace", endpoint.namespace());
    }
    if (request.body().isMissingNode()) {
      builder.method(request.operation().method(), BodyPublishers.noBody());
    } else {
      builder
          .header("Content-Type", "application/json")
          .method(request.operation().method(), BodyPublishers.ofString(request.body().toString()));
    }
    return builder.build();
  }
}
