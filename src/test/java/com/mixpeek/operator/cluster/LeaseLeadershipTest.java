package com.mixpeek.operator.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mixpeek.operator.cluster.LeaseLeadership.Timing;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LeaseLeadershipTest {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Timing QUICK =
      new Timing(Duration.ofSeconds(6), Duration.ofSeconds(3), Duration.ofMillis(500));

  private final EmbeddedApiServer server = new EmbeddedApiServer();
  private final KubernetesClient client = server.client();
  private final LeaseLeadership leadership =
      new LeaseLeadership(client, "default", "mixpeek-operator", "me", QUICK);

  /** What each listener saw of the leadership that it was told of. */
  private final List<Boolean> seen = new CopyOnWriteArrayList<>();

  @Test
  void whoIsToldThatItLeadsDoesLeadThoughItsOwnOldLeaseWasFound() {
    hold("me", ZonedDateTime.now(ZoneOffset.UTC).minusHours(1));
    begin();
    assertThat(seen).containsExactly(true);
  }

  @Test
  void aRenewalAfterTheDeadlineWakesThoseWhoWereToldNo() throws Exception {
    begin();
    MockResponse away = EmbeddedApiServer.refusal(503, "ServiceUnavailable", "The server is away.");
    AutoCloseable fault = server.refuse(r -> r.getPath().contains("/leases") ? away : null);
    await().atMost(PATIENCE).until(() -> !leadership.leads());
    fault.close();
    await().atMost(PATIENCE).until(leadership::leads);
    assertThat(seen).containsExactly(true, true);
  }

  /** One of several API servers behind an address is gone, say. */
  @Test
  void aRenewalThatIsNotAnsweredIsSentAgainBeforeTheDeadline() throws Exception {
    AtomicInteger left = new AtomicInteger(1);
    MockResponse late =
        new MockResponse().setResponseCode(200).setBody("{}").setBodyDelay(20, SECONDS);
    try (LeaseLeadership patient =
        new LeaseLeadership(client, "default", "patient", "me", Timing.DEFAULT)) {
      patient.onStart(() -> seen.add(patient.leads()));
      patient.start();
      await().atMost(PATIENCE).until(() -> seen.size() == 1);
      AutoCloseable fault =
          server.refuse(r -> isLeaseWrite(r) && left.getAndDecrement() > 0 ? late : null);
      await().atMost(PATIENCE).until(() -> left.get() < 0);
      await()
          .during(Timing.DEFAULT.retry().multipliedBy(2))
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(patient::leads);
      fault.close();
    }
    assertThat(seen).containsExactly(true);
  }

  private static boolean isLeaseWrite(RecordedRequest request) {
    return request.getPath().contains("/leases") && !"GET".equals(request.getMethod());
  }

  /** The one who held it is no more, and its clock went wrong before. */
  @Test
  void whatAnotherClockSaysDecidesNothing() {
    hold("other", ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
    begin();
    assertThat(seen).containsExactly(true);
  }

  /** Its holder renews it, by a clock that is late. */
  @Test
  void aLeaseThatIsRenewedIsNotTakenHoweverLateTheClock() {
    hold("other", ZonedDateTime.now(ZoneOffset.UTC).minusHours(2));
    leadership.onStart(() -> seen.add(true));
    leadership.start();
    Instant end = Instant.now().plus(QUICK.lease()).plusSeconds(2);
    for (int i = 0; Instant.now().isBefore(end); i++) {
      hold("other", ZonedDateTime.now(ZoneOffset.UTC).minusHours(1).plusSeconds(i));
      LockSupport.parkNanos(QUICK.retry().toNanos());
    }
    assertThat(seen).isEmpty();
    assertThat(leadership.leads()).isFalse();
  }

  /** Its holder knows nothing of that, and may lead until it would have expired. */
  @Test
  void aLeaseThatIsDeletedIsNotTakenBeforeItWouldHaveExpired() {
    hold("other", ZonedDateTime.now(ZoneOffset.UTC));
    leadership.start();
    LockSupport.parkNanos(QUICK.retry().multipliedBy(3).toNanos());
    client.leases().inNamespace("default").withName("mixpeek-operator").delete();
    await()
        .during(QUICK.deadline())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !leadership.leads());
    await().atMost(PATIENCE).until(leadership::leads);
  }

  /** As an administrator makes it who gives no right to create any. */
  @Test
  void aLeaseThatNobodyHasHeldIsTaken() {
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("mixpeek-operator")
                .endMetadata()
                .build())
        .create();
    begin();
    assertThat(seen).containsExactly(true);
  }

  /** As it does where no thread can be had for the work that is to begin. */
  @Test
  void whoeverIsToldMayFailInAnyWay() {
    leadership.onStart(
        () -> {
          throw new OutOfMemoryError("unable to create native thread");
        });
    begin();
    await().during(QUICK.deadline().multipliedBy(2)).atMost(PATIENCE).until(leadership::leads);
  }

  /** As it takes to have all reconciled, where there are many. */
  @Test
  void whoeverIsToldMayTakeLongerThanALeaseLasts() {
    leadership.onStart(() -> LockSupport.parkNanos(QUICK.lease().multipliedBy(2).toNanos()));
    leadership.start();
    await().atMost(PATIENCE).until(leadership::leads);
    await()
        .during(QUICK.lease())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(leadership::leads);
  }

  private void hold(String holder, ZonedDateTime renewed) {
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("mixpeek-operator")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(6)
                .withAcquireTime(renewed)
                .withRenewTime(renewed)
                .endSpec()
                .build())
        .createOr(NonDeletingOperation::update);
  }

  @Test
  void aLeaseThatCannotBeHadIsSaidOnce() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(LeaseLeadership.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.WARN);
    List<String> tries = new CopyOnWriteArrayList<>();
    MockResponse none =
        EmbeddedApiServer.refusal(404, "NotFound", "namespaces \"default\" not found");
    AutoCloseable fault =
        server.refuse(
            request -> {
              boolean create =
                  request.getPath().contains("/leases") && "POST".equals(request.getMethod());
              if (create) {
                tries.add(request.getPath());
              }
              return create ? none : null;
            });
    leadership.start();
    await().atMost(PATIENCE).until(() -> tries.size() > 2);
    fault.close();
    await().atMost(PATIENCE).until(leadership::leads);
    logger.detachAppender(log);
    logger.setLevel(null);
    assertThat(log.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith(
            "The Lease default/mixpeek-operator cannot be had (namespaces \"default\" not found)");
  }

  private void begin() {
    leadership.onStart(() -> seen.add(leadership.leads()));
    leadership.start();
    await().atMost(PATIENCE).until(() -> !seen.isEmpty());
  }

  @AfterEach
  void stop() {
    leadership.close();
    client.close();
    server.close();
  }
}
