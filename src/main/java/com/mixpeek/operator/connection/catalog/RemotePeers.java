package com.mixpeek.operator.connection.catalog;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.RemoteStatus.Attempt;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.lookup.Keys;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * All that this process knows to stand for something at Mixpeek, in whatever namespace of the
 * cluster: several may lead to one Mixpeek namespace.
 */
public final class RemotePeers {

  private static final Comparator<CatalogResource<?>> EARLIER =
      Comparator.<CatalogResource<?>, Instant>comparing(
              one -> Instant.parse(one.remote().attempt().since()))
          .thenComparing(RemotePeers::uid);

  /** Of each kind one, or one for each namespace where each has controllers of its own. */
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  /** What a controller knows of its requests to make something at Mixpeek. */
  interface Requests {

    /** Whether an ID may be on its way to the resource of a UID, or not yet in its status. */
    boolean isAsking(String uid);

    /** Whether it is certain that nothing was sent for the attempt. */
    boolean isUnsent(String uid, Attempt attempt);
  }

  /** What one controller works on. */
  private record Peer(
      CatalogKind<?, ?> kind,
      ResourceCache<? extends CatalogResource<?>> resources,
      Requests requests) {}

  <R extends CatalogResource<?>> void add(
      CatalogKind<?, R> kind, ResourceCache<R> resources, Requests requests) {
    peers.add(new Peer(kind, resources, requests));
  }

  void remove(ResourceCache<?> resources) {
    peers.removeIf(peer -> peer.resources() == resources);
  }

  /**
   * Whether another resource is reported to stand for what has the ID.
   *
   * @param attempt the resource's own, null for none
   */
  boolean isOthers(
      CatalogKind<?, ?> kind, CatalogResource<?> resource, Attempt attempt, String id) {
    return of(kind)
        .flatMap(peer -> peer.resources().all().stream())
        .filter(other -> other.connection().isPresent())
        .filter(other -> other.reportedId().filter(id::equals).isPresent())
        .filter(other -> attempt == null || attempt.isIn(other.remote().namespaceId()))
        .anyMatch(other -> !uid(other).equals(uid(resource)));
  }

  /**
   * Whether what is found under a name may have been made for another resource, as what came of its
   * own request for that is not known either. To be asked before {@link #isOthers}: an attempt ends
   * with an ID.
   *
   * @param attempt the resource's own
   */
  boolean hasRival(CatalogKind<?, ?> kind, CatalogResource<?> resource, Attempt attempt) {
    return rivals(kind, resource, attempt).findAny().isPresent();
  }

  /**
   * Such a resource that goes first: one whose request is under way, or of several whose answers
   * are lost the one that asked first.
   */
  Optional<ObjectMeta> firstRival(
      CatalogKind<?, ?> kind, CatalogResource<?> resource, Attempt attempt) {
    return rivals(kind, resource, attempt)
        .filter(other -> isAsking(other) || EARLIER.compare(other, resource) < 0)
        .<ObjectMeta>map(CatalogResource::getMetadata)
        .findFirst();
  }

  private Stream<? extends CatalogResource<?>> rivals(
      CatalogKind<?, ?> kind, CatalogResource<?> resource, Attempt attempt) {
    return of(kind)
        .flatMap(
            peer ->
                peer.resources().find(Keys.attempt(attempt.name())).stream()
                    .filter(other -> !isUnsent(peer, other)))
        .filter(other -> !uid(other).equals(uid(resource)))
        .filter(other -> other.remote().attempt().isIn(attempt.namespaceId()));
  }

  private static boolean isUnsent(Peer peer, CatalogResource<?> resource) {
    return peer.requests().isUnsent(uid(resource), resource.remote().attempt());
  }

  private boolean isAsking(CatalogResource<?> resource) {
    return peers.stream().anyMatch(peer -> peer.requests().isAsking(uid(resource)));
  }

  private Stream<Peer> of(CatalogKind<?, ?> kind) {
    return peers.stream().filter(peer -> peer.kind() == kind);
  }

  private static String uid(CatalogResource<?> resource) {
    return resource.getMetadata().getUid();
  }
}
