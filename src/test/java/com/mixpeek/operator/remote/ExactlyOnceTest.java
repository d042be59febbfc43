package com.mixpeek.operator.remote;

import static com.mixpeek.operator.remote.RemoteSamples.NAMESPACE;
import static com.mixpeek.operator.remote.RemoteSamples.endpoint;
import static com.mixpeek.operator.remote.RemoteSamples.object;
import static com.mixpeek.operator.remote.RemoteSamples.resource;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.catalog.RemoteCreation;
import com.mixpeek.operator.catalog.RemoteCreation.Attempt;
import com.mixpeek.operator.catalog.RemoteCreation.Found;
import com.mixpeek.operator.catalog.RemoteCreation.Step;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fails and wherever it is killed, one thing is made and its ID is told: the protocol over
 * client and fake API, with a status that outlives each turn.
 */
class ExactlyOnceTest {

  private static final Duration TIMEOUT = Duration.ofMillis(700);
  private static final MixpeekClient CLIENT = new MixpeekClient(Clock.systemUTC(), TIMEOUT);

  private static FakeMixpeek fake;

  @BeforeAll
  static void start() {
    fake = RemoteSamples.fake();
  }

  @AfterEach
  void heal() {
    RemoteSamples.heal(fake);
  }

  @AfterAll
  static void stop() {
    fake.close();
  }

  /** One that wants to be made, and what its status says. */
  private final class Wanted {

    private final CatalogKind<?, ?> kind;
    private final RemoteRequest making;
    private final JsonNode expected;
    private Optional<Attempt> attempt = Optional.empty();
    private String id;
    private boolean conflict;
    private int survives;

    private Wanted(CatalogKind<?, ?> kind, Operation how, int survives) {
      this.kind = kind;
      this.survives = survives;
      ObjectNode source = resource(kind, "source");
      if (how == Operation.CREATE) {
        this.making = RemoteRequest.create(kind, resource(kind, "wanted"));
        this.expected = making.body().<ObjectNode>deepCopy().putNull("description");
      } else {
        String sourceId =
            fake.catalog(NAMESPACE, kind).add(source).path(RemoteRequest.idField(kind)).asText();
        ObjectNode overrides = object("{\"description\": \"copy\"}");
        overrides.put(RemoteRequest.nameField(kind), "wanted");
        this.making = RemoteRequest.clone(kind, sourceId, overrides);
        this.expected = source.deepCopy().setAll(overrides);
      }
    }

    private void turn() {
      RemoteRequest lookUp = RemoteRequest.listNamed(kind, "wanted");
      if (!(send(lookUp) instanceof Success seen)) {
        return;
      }
      Step step =
          RemoteCreation.next(
              attempt,
              Page.of(lookUp, seen.body()).results().stream().map(this::found).toList(),
              content -> RemoteSpec.holds(content, expected),
              seen.serverTime().orElseThrow());
      if (step instanceof Step.TakeOver ours) {
        write(() -> id = ours.id());
      } else if (step instanceof Step.NameTaken) {
        write(() -> conflict = true);
      } else {
        if (step instanceof Step.Begin begin) {
          write(() -> attempt = Optional.of(begin.attempt()));
        }
        make(step);
      }
    }

    private void make(Step step) {
      Answer answer = send(making);
      if (answer instanceof Success made) {
        JsonNode body =
            making.operation() == Operation.CLONE
                ? made.body().path(RemoteRequest.cloned(kind))
                : made.body();
        write(() -> id = body.path(RemoteRequest.idField(kind)).asText());
      } else if (answer instanceof Failure failure
          && RemoteCreation.isSettled(step, failure.cause().nothingDone())) {
        write(() -> attempt = Optional.empty());
      }
    }

    private Found found(ObjectNode content) {
      return new Found(
          content.path(RemoteRequest.idField(kind)).asText(),
          Optional.of(Instant.parse(content.path("created_at").asText())),
          content);
    }

    private Answer send(RemoteRequest request) {
      live();
      return CLIENT.send(endpoint(fake.url()), request);
    }

    private void write(Runnable change) {
      live();
      change.run();
    }

    /** Is killed before the step after those that it survives, once. */
    private void live() {
      if (survives-- == 0) {
        throw new CancellationException();
      }
    }

    private void goOn() {
      for (int turn = 0; turn < 20 && id == null && !conflict; turn++) {
        try {
          turn();
        } catch (CancellationException e) {
          // Begins anew with what the status says.
        }
      }
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(Operation.LIST, Operation.CREATE, Operation.CLONE)
        .flatMap(
            at ->
                Arrays.stream(RemoteFault.values())
                    .filter(fault -> fault != RemoteFault.NAME_APPEARS)
                    .map(fault -> Arguments.of(fault, at)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void afterEachFaultThereIsOneAndItsIdIsTold(RemoteFault fault, Operation at) {
    for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
      fake.faults().inject(fault, 2, at);
      Wanted wanted = new Wanted(kind, at == Operation.LIST ? Operation.CREATE : at, -1);
      wanted.goOn();
      assertOne(wanted);
    }
  }

  static Stream<Arguments> kills() {
    return Stream.of(Operation.CREATE, Operation.CLONE)
        .flatMap(
            how ->
                Stream.of(RemoteFault.LOST_BEFORE, RemoteFault.LOST_AFTER, RemoteFault.SLOW)
                    .flatMap(
                        fault ->
                            IntStream.rangeClosed(0, 7)
                                .mapToObj(survives -> Arguments.of(how, fault, survives))));
  }

  @ParameterizedTest
  @MethodSource("kills")
  void killedAnywhereWithAnAnswerLostThereIsOneAndItsIdIsTold(
      Operation how, RemoteFault fault, int survives) {
    for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
      fake.faults().inject(fault, 1, how);
      Wanted wanted = new Wanted(kind, how, survives);
      wanted.goOn();
      assertOne(wanted);
    }
  }

  /** The second request is refused for certain, while the first is still on its way. */
  @ParameterizedTest
  @EnumSource(names = {"CREATE", "CLONE"})
  void whatARequestMakesLateIsStillItsOwn(Operation how) throws InterruptedException {
    fake.faults().inject(RemoteFault.LATE, 1, how);
    fake.faults().inject(RemoteFault.QUOTA, 1, how);
    Wanted wanted = new Wanted(CatalogKind.COLLECTION, how, -1);
    wanted.turn();
    wanted.turn();
    assertThat(wanted.id).isNull();
    Thread.sleep(RemoteFault.LATENESS.toMillis());
    wanted.goOn();
    assertOne(wanted);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "CLONE"})
  void whatSomebodyElseMadeIsNotTakenOver(Operation how) {
    fake.catalog(NAMESPACE, CatalogKind.COLLECTION).add(resource(CatalogKind.COLLECTION, "wanted"));
    Wanted late = new Wanted(CatalogKind.COLLECTION, how, -1);
    late.goOn();
    assertThat(late.conflict).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"CREATE, -1", "CREATE, 2", "CREATE, 3", "CLONE, -1", "CLONE, 2", "CLONE, 3"})
  void whatSomebodyElseMakesInTheMomentBetweenIsNotTakenOver(Operation how, int survives) {
    Wanted wanted = new Wanted(CatalogKind.COLLECTION, how, survives);
    fake.faults().inject(RemoteFault.NAME_APPEARS, 1, how);
    wanted.goOn();
    assertThat(wanted.conflict).isTrue();
    assertThat(wanted.id).isNull();
  }

  private static void assertOne(Wanted wanted) {
    List<ObjectNode> made =
        fake.catalog(NAMESPACE, wanted.kind).objects().stream()
            .filter(o -> o.path(RemoteRequest.nameField(wanted.kind)).asText().equals("wanted"))
            .toList();
    assertThat(made).hasSize(1);
    assertThat(wanted.id).isEqualTo(made.get(0).path(RemoteRequest.idField(wanted.kind)).asText());
  }
}
