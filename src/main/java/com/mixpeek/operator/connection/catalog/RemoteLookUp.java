package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.catalog.RemoteCreation.Found;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.Page;
import com.mixpeek.operator.remote.RemoteRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What Mixpeek has under a name.
 *
 * @param found what has the name
 * @param serverTime when the look-up began, by the server's clock
 * @param failure why it is not known what has the name; empty where it is
 */
record RemoteLookUp(List<Found> found, Optional<Instant> serverTime, Optional<Failure> failure) {

  /**
   * What Mixpeek has under an ID, and not under a name that reads like one, which it takes, too.
   */
  static Answer byId(CatalogKind<?, ?> kind, String id, Function<RemoteRequest, Answer> send) {
    Answer answer = send.apply(RemoteRequest.get(kind, id));
    if (!(answer instanceof Success success)) {
      return answer;
    }
    String found = success.body().path(RemoteRequest.idField(kind)).asText("");
    if (found.isEmpty()) {
      return failure(Cause.Unavailable, "The Mixpeek API does not say what " + id + " is.");
    }
    return found.equals(id)
        ? answer
        : failure(Cause.NotFound, "At Mixpeek %s is the name of %s.".formatted(id, found));
  }

  /** Looks the name up; page by page, should the API not have filtered by it. */
  static RemoteLookUp of(
      CatalogKind<?, ?> kind, String name, Function<RemoteRequest, Answer> send) {
    List<Found> found = new ArrayList<>();
    Optional<Instant> time = Optional.empty();
    Optional<RemoteRequest> next = Optional.of(RemoteRequest.listNamed(kind, name));
    Set<RemoteRequest> asked = new HashSet<>();
    while (next.isPresent()) {
      Answer answer = send.apply(next.get());
      if (answer instanceof Failure failure) {
        return new RemoteLookUp(List.of(), Optional.empty(), Optional.of(failure));
      }
      Success success = (Success) answer;
      time = time.isPresent() ? time : success.serverTime();
      if (time.isEmpty()) {
        return useless("The Mixpeek API does not say what time it is.");
      }
      if (!success.body().path("results").isArray()) {
        return useless("The Mixpeek API does not say what there is.");
      }
      Page page = Page.of(next.get(), success.body(), asked);
      for (ObjectNode content : page.results()) {
        if (name.equals(content.path(RemoteRequest.nameField(kind)).asText())
            && !content.path(RemoteRequest.idField(kind)).asText("").isEmpty()) {
          found.add(found(kind, content));
        }
      }
      if (found.isEmpty() && !page.complete()) {
        return useless("The Mixpeek API does not list all that there is.");
      }
      next = found.isEmpty() ? page.next() : Optional.empty();
    }
    return new RemoteLookUp(found, time, Optional.empty());
  }

  private static RemoteLookUp useless(String message) {
    return new RemoteLookUp(
        List.of(), Optional.empty(), Optional.of(failure(Cause.Unavailable, message)));
  }

  private static Failure failure(Cause cause, String message) {
    return new Failure(cause, 200, message, Optional.empty(), Optional.empty());
  }

  private static Found found(CatalogKind<?, ?> kind, ObjectNode content) {
    return new Found(
        content.path(RemoteRequest.idField(kind)).asText(),
        time(content.path("created_at").asText("")),
        content);
  }

  /** With an offset, or without one, which is meant as UTC. */
  private static Optional<Instant> time(String text) {
    for (String candidate : List.of(text, text + "Z")) {
      try {
        return Optional.of(OffsetDateTime.parse(candidate).toInstant());
      } catch (DateTimeParseException e) {
        // The other form, or none.
      }
    }
    return Optional.empty();
  }
}
