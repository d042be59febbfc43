package com.mixpeek.operator.cluster;

import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.ReportedStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.OperatorException;
import org.slf4j.Logger;

/** One line a step in the log: namespace, name, kind, reason; never what stands in a spec. */
public final class StepLog {

  private StepLog() {}

  /** Says that a status was written. */
  public static void reported(Logger log, HasMetadata resource, ReportedStatus status) {
    status
        .condition(Conditions.READY)
        .ifPresent(
            ready ->
                log.info(
                    "{} {}/{}: {}",
                    resource.getKind(),
                    resource.getMetadata().getNamespace(),
                    resource.getMetadata().getName(),
                    ready.getReason()));
  }

  /** Says that something failed and is tried again. */
  public static void retried(Logger log, HasMetadata resource, Exception e) {
    log.warn(
        "{} {}/{}: {} It is tried again.",
        resource.getKind(),
        resource.getMetadata().getNamespace(),
        resource.getMetadata().getName(),
        told(e));
    log.debug("The failure in full", e);
  }

  /** The message of what went wrong, not that of the SDK's exceptions around it. */
  private static String told(Throwable e) {
    Throwable inner = e;
    while (inner instanceof OperatorException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner.getMessage();
  }
}
