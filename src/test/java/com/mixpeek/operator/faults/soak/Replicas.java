package com.mixpeek.operator.faults.soak;

import com.mixpeek.operator.Settings;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.faults.Fault;
import com.mixpeek.operator.faults.FaultProxy;
import com.mixpeek.operator.faults.Faults.Passing;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestLeadership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Two replicas of the operator, each behind a proxy of its own; at most one of them leads. */
final class Replicas implements AutoCloseable {

  private static final List<Fault> OF_REQUESTS =
      Arrays.stream(Fault.values()).filter(fault -> !fault.ofEvents()).toList();

  private static final List<Fault> OF_EVENTS =
      Arrays.stream(Fault.values()).filter(Fault::ofEvents).toList();

  private static final List<Fault> ENDS =
      List.of(Fault.WATCH_CLOSED, Fault.WATCH_GONE, Fault.RESET_AFTER);

  private final Settings settings;
  private final List<Replica> replicas;
  private final List<Predicate<Passing>> requests;
  private final List<Predicate<Passing>> events;

  Replicas(ApiServer server, String namespace, CatalogKind<?, ?> kind) {
    settings = Settings.defaults().watching(Set.of(namespace));
    replicas = List.of(new Replica(server), new Replica(server));
    String resources = HasMetadata.getPlural(kind.resourceType());
    String clones = HasMetadata.getPlural(kind.cloneType());
    requests =
        List.of(
            p -> p.is("create", resources),
            p -> p.is("create", resources),
            p -> p.is("patch", resources + "/status"),
            p -> p.is("patch", resources + "/status"),
            p -> p.is("patch", clones + "/status"),
            p -> p.is("patch", clones + "/status"),
            p -> p.is("patch", resources),
            p -> p.is("create", "events"),
            p -> p.is("list", resources),
            p -> p.is("list", clones),
            p -> p.is("watch", resources),
            p -> p.is("watch", clones));
    events = List.of(p -> p.is("watch", resources), p -> p.is("watch", clones));
    replicas.get(0).start();
    lead(0);
  }

  /** One replica: an operator, or none while it is stopped. */
  private final class Replica {

    private final FaultProxy proxy;
    private TestLeadership leadership;
    private RunningOperator operator;
    private boolean missesEvents;

    Replica(ApiServer server) {
      proxy = new FaultProxy(server);
    }

    void start() {
      boolean leads = leadership != null && leadership.leads();
      stop();
      leadership = new TestLeadership();
      operator = new RunningOperator(proxy, settings, Clock.systemUTC(), leadership);
      operator.start();
      if (leads) {
        leadership.begin();
      }
    }

    void stop() {
      if (operator != null) {
        leadership.end();
        operator.close();
        operator = null;
      }
    }

    boolean isDisconnected() {
      return operator != null && operator.recorder().isDisconnected();
    }
  }

  void perform(Step step) {
    int number = step.choice(0, replicas.size());
    Replica replica = replicas.get(number);
    switch (step.action()) {
      case RESTART -> replica.start();
      case STOP -> replica.stop();
      case LEAD -> lead(number);
      case DISCONNECT -> disconnect(replica, step);
      case END_WATCHES -> replica.proxy.endWatches(step.choice(1, ENDS));
      default -> inject(replica, step);
    }
  }

  private void lead(int number) {
    if (replicas.get(number).operator != null) {
      replicas.stream().filter(r -> r.operator != null).forEach(r -> r.leadership.end());
      replicas.get(number).leadership.begin();
    }
  }

  private static void disconnect(Replica replica, Step step) {
    if (replica.operator != null) {
      RequestRecorder.Disconnect[] ways = RequestRecorder.Disconnect.values();
      replica
          .operator
          .recorder()
          .disconnectAt(1 + step.choice(1, 4), ways[step.choice(2, ways.length)]);
    }
  }

  private void inject(Replica replica, Step step) {
    boolean ofEvents = step.choice(0, 20) < 6;
    Fault fault = step.choice(1, ofEvents ? OF_EVENTS : OF_REQUESTS);
    replica.missesEvents |= fault == Fault.EVENT_MISSED;
    replica
        .proxy
        .faults()
        .inject(fault, 1 + step.choice(3, 3), step.choice(2, ofEvents ? events : requests));
  }

  /** Ends every fault, and sees to it that there is a leader with a connection. */
  void heal() {
    for (Replica replica : replicas) {
      replica.proxy.faults().heal();
      if (replica.missesEvents) {
        replica.missesEvents = false;
        replica.proxy.endWatches(Fault.WATCH_GONE);
      }
      if (replica.isDisconnected()) {
        replica.start();
      } else if (replica.operator != null) {
        replica.operator.recorder().disconnectAt(Integer.MAX_VALUE, null);
      }
    }
    if (replicas.stream().allMatch(replica -> replica.operator == null)) {
      replicas.get(0).start();
    }
    if (replicas.stream().noneMatch(r -> r.operator != null && r.leadership.leads())) {
      lead(replicas.get(0).operator != null ? 0 : 1);
    }
  }

  /** A new process in the leader's place, which knows nothing of what was before. */
  void restartLeader() {
    replicas.stream().filter(r -> r.operator != null).forEach(r -> r.operator.recorder().clear());
    replicas.stream()
        .filter(r -> r.operator != null && r.leadership.leads())
        .toList()
        .forEach(Replica::start);
  }

  /** What the operators wrote since they were started: Events, too. */
  long writes() {
    return replicas.stream()
        .filter(replica -> replica.operator != null)
        .flatMap(replica -> replica.operator.recorder().requests().stream())
        .filter(request -> request.writes())
        .count();
  }

  @Override
  public void close() {
    replicas.forEach(Replica::stop);
    replicas.forEach(replica -> replica.proxy.close());
  }
}
