package com.mixpeek.operator.catalog;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.RemoteStatus;
import java.util.Optional;

/**
 * How a resource that stands for something at Mixpeek does.
 *
 * @param id null where it has none yet
 * @param remote what Mixpeek says of it, null where nothing is known
 * @param difference how what Mixpeek holds differs from the spec, as a sentence, of no length where
 *     it does not; empty where that was not looked at
 */
public record RemoteState(
    String id, Reason reason, String message, RemoteStatus remote, Optional<String> difference) {

  /** What is said of a resource of which nothing new is known at Mixpeek. */
  public static RemoteState of(CatalogResource<?> resource, Reason reason, String message) {
    return of(resource, reason, message, resource.remote());
  }

  /** What is said of a resource that keeps its ID, if it has one, and was not compared. */
  public static RemoteState of(
      CatalogResource<?> resource, Reason reason, String message, RemoteStatus remote) {
    return new RemoteState(
        resource.reportedId().orElse(null), reason, message, remote, Optional.empty());
  }
}
