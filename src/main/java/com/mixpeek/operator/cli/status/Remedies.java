package com.mixpeek.operator.cli.status;

import com.mixpeek.operator.api.Reason;

/** What to do about a reason, where the condition's message does not say it. */
final class Remedies {

  private Remedies() {}

  static String of(Reason reason) {
    return switch (reason) {
      case SourceNotFound -> "If it is not on its way, create it or correct spec.sourceRef.";
      case SourceNotReady -> "If that lasts, kubectl describe shows what the source says.";
      case TargetPending -> "If that lasts, the operator's log says why.";
      case CreateRefused -> "Lift what refuses it: a quota, a missing right, a webhook.";
      default -> "";
    };
  }
}
