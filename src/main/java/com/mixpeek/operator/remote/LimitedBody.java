package com.mixpeek.operator.remote;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The body of an answer, which fails once it is longer than it may be: of one without end, the rest
 * would fill the memory. Java 17's client has no such limit.
 */
final class LimitedBody<T> implements BodySubscriber<T> {

  private final BodySubscriber<T> body;
  private final long most;
  private Flow.Subscription subscription;
  private long received;

  private LimitedBody(BodySubscriber<T> body, long most) {
    this.body = body;
    this.most = most;
  }

  /**
   * @param most how many bytes it may have
   */
  static <T> BodyHandler<T> of(BodyHandler<T> handler, long most) {
    return head -> new LimitedBody<>(handler.apply(head), most);
  }

  @Override
  public CompletionStage<T> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    body.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (received > most) {
      return;
    }
    received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (received > most) {
      subscription.cancel();
      body.onError(new IOException("its answer is longer than %d bytes".formatted(most)));
    } else {
      body.onNext(buffers);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.onError(failure);
  }

  @Override
  public void onComplete() {
    body.onComplete();
  }
}
