package com.mixpeek.operator.cli.cluster;

import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/**
 * How a resource is doing by its conditions, what is most urgent to a person first; the words are
 * Argo CD's.
 */
public enum Health {
  /** A person has to act. */
  DEGRADED("needs_you", "bold,red", "needs you", "need you"),
  /** It goes on by itself. */
  PROGRESSING("waits", "yellow", "waits", "wait"),
  SUSPENDED("suspended", "faint", "is suspended", "are suspended"),
  /** It is yet to be created. */
  MISSING("missing", "cyan", "is missing", "are missing"),
  HEALTHY("cloned", "green", "cloned", "cloned");

  /** In JSON. */
  public final String key;

  /** As picocli's markup has it. */
  public final String style;

  private final String one;
  private final String many;

  Health(String key, String style, String one, String many) {
    this.key = key;
    this.style = style;
    this.one = one;
    this.many = many;
  }

  /** {@code 2 wait}. */
  public String count(long number) {
    return number + " " + (number == 1 ? one : many);
  }

  /** How something is doing that reports this reason. */
  public static Health of(Reason reason) {
    if (reason.stalled()) {
      return DEGRADED;
    }
    return reason.ready() ? HEALTHY : reason == Reason.Suspended ? SUSPENDED : PROGRESSING;
  }

  /** How something is doing that reports this, empty for nothing yet. */
  public static Health of(Optional<? extends ReportedStatus> status) {
    Optional<Condition> ready = status.flatMap(ReportedStatus::ready);
    if (isTrue(status.flatMap(s -> s.condition(Conditions.STALLED)))) {
      return DEGRADED;
    } else if (isTrue(ready)) {
      return HEALTHY;
    }
    boolean suspended =
        ready.map(Condition::getReason).filter(Reason.Suspended.name()::equals).isPresent();
    return suspended ? SUSPENDED : PROGRESSING;
  }

  private static boolean isTrue(Optional<Condition> condition) {
    return condition.filter(c -> "True".equals(c.getStatus())).isPresent();
  }
}
