package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.RemoteStatus;
import com.mixpeek.operator.catalog.RemoteCreation;
import com.mixpeek.operator.catalog.RemoteCreation.Step;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.RemoteSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The request by which a resource is made at Mixpeek, and how its result is known again: a create,
 * or a clone where a clone made the resource.
 */
final class RemoteMaking<R extends CatalogResource<?>> {

  private static final Map<CatalogKind<?, ?>, List<String>> IMMUTABLE =
      Map.of(
          CatalogKind.COLLECTION,
          List.of("source", "featureExtractor"),
          CatalogKind.TAXONOMY,
          List.of("config"));

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

  private final CatalogKind<?, R> kind;
  private final R resource;
  private final ObjectNode spec;
  private final RemoteStatus.Attempt attempt;
  private final boolean edited;

  private final Predicate<String> isOthers;
  private RemoteLookUp lookUp;

  /** What the source holds by now, null where that is not known. */
  private JsonNode sourceContent;

  /**
   * @param attempt the one that is recorded, null for none: as long as its outcome is open, the
   *     name that was asked for is gone on with, though the spec may have another one by now
   * @param isOthers whether another resource is known to stand for an ID
   */
  RemoteMaking(
      CatalogKind<?, R> kind,
      R resource,
      ObjectNode spec,
      RemoteStatus.Attempt attempt,
      Predicate<String> isOthers) {
    this.kind = kind;
    this.isOthers = isOthers;
    this.resource = resource;
    this.attempt = attempt;
    this.edited =
        attempt != null
            && !Objects.equals(attempt.generation(), resource.getMetadata().getGeneration())
            && !isOnlyDeleted(attempt);
    boolean renamed =
        attempt != null
            && attempt.name() != null
            && !attempt.name().equals(spec.path(kind.nameField()).asText());
    this.spec = renamed ? spec.deepCopy().put(kind.nameField(), attempt.name()) : spec;
  }

  /** Whether nothing but the deletion, which is a generation of its own, has come since. */
  private boolean isOnlyDeleted(RemoteStatus.Attempt attempt) {
    return resource.isMarkedForDeletion()
        && attempt.generation() != null
        && attempt.generation() + 1 == resource.getMetadata().getGeneration();
  }

  String name() {
    return spec.path(kind.nameField()).asText();
  }

  Optional<RemoteCreation.Attempt> attempt() {
    return Optional.ofNullable(attempt)
        .map(a -> new RemoteCreation.Attempt(Instant.parse(a.since())));
  }

  /** The ID of what it is cloned from; empty where it is created. */
  Optional<String> source() {
    return resource.label(Labels.CLONE_UID).isPresent()
            && resource.annotation(Annotations.OVERRIDDEN_FIELDS).isPresent()
        ? resource.annotation(Annotations.SOURCE_ID)
        : Optional.empty();
  }

  RemoteRequest request() {
    return source()
        .map(id -> RemoteRequest.clone(kind, id, RemoteSpec.fields(spec, sent())))
        .orElseGet(() -> RemoteRequest.create(kind, RemoteSpec.creation(kind, spec)));
  }

  /** What was made, of the answer to the request. */
  JsonNode made(JsonNode answer) {
    return source().isPresent() ? answer.path(RemoteRequest.cloned(kind)) : answer;
  }

  /** Whether an answer says what was made: an ID, and no other name than was asked for. */
  boolean isNamedAsAsked(JsonNode made) {
    return ID.matcher(made.path(RemoteRequest.idField(kind)).asText("")).matches()
        && made.path(RemoteRequest.nameField(kind)).asText(name()).equalsIgnoreCase(name());
  }

  /**
   * The changeable fields that need not be sent any more: that were sent, or are there as the spec
   * says. What a clone copies is what its source held at Mixpeek, where an edit may not have
   * arrived.
   *
   * @param content what was made
   */
  Map<String, String> applied(JsonNode content) {
    List<String> missing =
        RemoteSpec.changeable(kind, spec).stream()
            .filter(field -> !isSent(field))
            .filter(field -> !RemoteSpec.holds(content, RemoteSpec.fields(spec, List.of(field))))
            .toList();
    return AppliedFields.without(AppliedFields.all(kind, spec), missing);
  }

  private boolean isSent(String field) {
    if (edited) {
      return false;
    }
    return source().isPresent()
        ? sent().contains(field)
        : !RemoteSpec.sentLater(kind, spec).contains(field);
  }

  /**
   * Asks what has the name, and, where that is to be compared, what the source holds at Mixpeek, as
   * more may be known there than in the cluster.
   *
   * @return why that is not known
   */
  Optional<Failure> lookUp(Function<RemoteRequest, Answer> send) {
    lookUp = RemoteLookUp.of(kind, name(), send);
    if (lookUp.failure().isPresent() || attempt == null || lookUp.found().isEmpty()) {
      return lookUp.failure();
    }
    Optional<Answer> answer = source().map(id -> RemoteLookUp.byId(kind, id, send));
    if (answer.isPresent() && answer.get() instanceof Success success) {
      sourceContent = success.body();
    }
    return answer
        .filter(Failure.class::isInstance)
        .map(Failure.class::cast)
        .filter(failure -> !Connections.isGone(failure));
  }

  /** What is to be done, after the look-up. */
  Step next() {
    return RemoteCreation.next(
        attempt(),
        lookUp.found(),
        one -> !isOthers.test(one.id()) && isMade(one.content()),
        lookUp.serverTime().orElseThrow());
  }

  /** Whether what was found under an ID is certainly not what was asked for. */
  boolean isSomethingElse(String id) {
    return isOthers.test(id) || RemoteCreation.isOlder(found(id), attempt().orElseThrow());
  }

  /** What was found under an ID. */
  RemoteCreation.Found found(String id) {
    return lookUp.found().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  /** Whether it holds all that is sent, and what is copied. */
  boolean isMade(JsonNode content) {
    List<String> sent = new ArrayList<>();
    sent.add(kind.nameField());
    if (!edited && source().isPresent()) {
      sent.addAll(sent());
    }
    boolean same =
        edited || source().isPresent()
            ? RemoteSpec.holds(content, RemoteSpec.fields(spec, sent))
            : RemoteSpec.holds(content, withoutDescription(RemoteSpec.creation(kind, spec)));
    return same && holdsImmutable(content);
  }

  private boolean holdsImmutable(JsonNode content) {
    for (String field : IMMUTABLE.get(kind)) {
      boolean copied =
          sourceContent != null && source().isPresent() && !overridden().contains(field);
      ObjectNode expected =
          RemoteSpec.fields(copied ? RemoteSpec.spec(kind, sourceContent) : spec, List.of(field));
      if (!RemoteSpec.holds(content, expected)) {
        return false;
      }
    }
    return true;
  }

  /** Says that there is none where none was sent: it has no standard value. */
  private static ObjectNode withoutDescription(ObjectNode body) {
    if (!body.has("description")) {
      body.putNull("description");
    }
    return body;
  }

  /**
   * What is sent to have it cloned: what is overridden, and of a target that was edited since it
   * was created in the cluster all that may be changed.
   */
  private List<String> sent() {
    List<String> sent = new ArrayList<>(overridden());
    if (isEditedTarget()) {
      RemoteSpec.changeable(kind, spec).stream()
          .filter(field -> kind.overridable().contains(field) && !sent.contains(field))
          .forEach(sent::add);
    }
    return sent;
  }

  private boolean isEditedTarget() {
    Long generation = resource.getMetadata().getGeneration();
    return generation != null && generation > (resource.isMarkedForDeletion() ? 2 : 1);
  }

  private List<String> overridden() {
    return List.of(resource.annotation(Annotations.OVERRIDDEN_FIELDS).orElse("").split(","));
  }
}
