package com.mixpeek.operator.faults;

import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Settings;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/** A clock that is set back by an hour, as time servers do, delays nothing by an hour. */
class ClockJumpsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @ForEachKind
  void whatIsWaitedForIsToldInTime(CatalogKind<?, ?> kind) {
    JumpingClock clock = new JumpingClock();
    try (FaultProxy proxy = new FaultProxy(TestServer.EMBEDDED.orSkip("clocks"));
        TestNamespace namespace = new TestNamespace(proxy);
        RunningOperator operator =
            new RunningOperator(
                proxy, Settings.defaults().watching(Set.of(namespace.name())), clock)) {
      TypedResources<?, ?> resources = namespace.resources(kind);
      operator.start();
      resources.createResource("origin", "origin_name");
      String statuses = resources.awaitResource("origin", Reason.Assigned).getPlural() + "/status";
      // The jump comes between the first look at the wait and the next.
      operator
          .recorder()
          .failWrites(
              request -> {
                boolean fails = request.resource().equals(statuses);
                if (fails) {
                  clock.jump(HOUR.negated());
                }
                return fails;
              });
      resources.createClone("copy", "origin", "copy_name");
      resources.awaitReason("copy", Reason.TargetPending);
      operator.recorder().failWrites(null);
      resources.awaitReason("copy", Reason.Cloned);
    }
  }

  @ForEachKind
  void whatIsTriedAgainAtMixpeekIsTriedInTime(CatalogKind<?, ?> kind) {
    JumpingClock clock = new JumpingClock();
    try (FakeMixpeek fake = new FakeMixpeek();
        TestNamespace namespace =
            new TestNamespace(TestServer.EMBEDDED.orSkip("clocks and Mixpeek"));
        RunningOperator operator =
            new RunningOperator(
                namespace.server(),
                Settings.defaults().watching(Set.of(namespace.name())),
                clock)) {
      namespace.connect(fake);
      TypedResources<?, ?> resources = namespace.resources(kind);
      operator.start();
      fake.faults().inject(RemoteFault.INTERNAL_ERROR, 1, Operation.CREATE);
      resources.createResource("origin", "origin_name");
      await().until(() -> fake.exchanges().stream().anyMatch(e -> e.status() == 500));
      clock.jump(HOUR.negated());
      resources.awaitResource("origin", Reason.Assigned);
    }
  }

  private static final class JumpingClock extends Clock {

    private volatile Duration offset = Duration.ZERO;

    void jump(Duration by) {
      offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
