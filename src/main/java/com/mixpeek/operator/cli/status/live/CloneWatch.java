package com.mixpeek.operator.cli.status.live;

import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.status.CloneRow;
import com.mixpeek.operator.cli.status.Selection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/** The changes of clones, one after the other, by one list and one watch for each kind. */
public final class CloneWatch implements AutoCloseable {

  /** A clone as it is now, or as it was when it was deleted. */
  record Change(CloneRow row, boolean deleted) {}

  private static final Duration PULSE = Duration.ofSeconds(10);
  private static final Duration RENEWAL = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final Selection selection;
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("pulse", true));
  private volatile boolean answers = true;
  private Instant lost;

  public CloneWatch(KubernetesClient client, Selection selection) {
    this.client = client;
    this.selection = selection;
    pulse.scheduleWithFixedDelay(this::ask, PULSE.toSeconds(), PULSE.toSeconds(), TimeUnit.SECONDS);
  }

  /** A watch whose other end has gone without a word does not notice that itself. */
  private void ask() {
    try {
      client.raw("/version");
      answers = true;
    } catch (KubernetesClientException e) {
      // A refusal is an answer.
      answers = e.getCode() > 0;
    }
  }

  /**
   * Lists the clones of a kind and watches them from then on, whatever becomes of the connection.
   *
   * @throws KubernetesClientException if they cannot be listed
   */
  public <C extends CloneResource<?>> void start(Class<C> type) {
    var resources = client.resources(type);
    SharedIndexInformer<C> informer =
        selection.allNamespaces()
            ? resources.inAnyNamespace().runnableInformer(0)
            : resources.inNamespace(selection.namespace()).runnableInformer(0);
    informers.add(informer);
    informer.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(C clone) {
            offer(clone, false);
          }

          @Override
          public void onUpdate(C before, C clone) {
            offer(clone, false);
          }

          @Override
          public void onDelete(C clone, boolean unknown) {
            offer(clone, true);
          }
        });
    informer.exceptionHandler((started, e) -> started);
    try {
      informer.start().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KubernetesClientException cause
          ? cause
          : new KubernetesClientException(HasMetadata.getFullResourceName(type), e.getCause());
    }
  }

  private void offer(CloneResource<?> clone, boolean deleted) {
    CloneRow row = CloneRow.of(clone);
    if (selection.selects(row)) {
      changes.add(new Change(row, deleted));
    }
  }

  /** The changes since the last call, in their order; waits for one, but no longer than that. */
  List<Change> next(Duration patience) throws InterruptedException {
    Change first = changes.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    List<Change> next = new ArrayList<>(first == null ? List.of() : List.of(first));
    changes.drainTo(next);
    return next;
  }

  /** Since when no changes can come: a watch that ends in time and is renewed is no matter. */
  Optional<Instant> lostSince(Instant now) {
    if (answers && informers.stream().allMatch(SharedIndexInformer::isWatching)) {
      lost = null;
    } else if (lost == null) {
      lost = now;
    }
    return Optional.ofNullable(lost).filter(since -> !since.plus(RENEWAL).isAfter(now));
  }

  @Override
  public void close() {
    pulse.shutdownNow();
    informers.forEach(SharedIndexInformer::close);
  }
}
