package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.plan.Finding;
import com.mixpeek.operator.plan.Step;

/** Says a verdict as the clone's status would. */
final class Verdicts {

  private Verdicts() {}

  /** Why a clone makes nothing, at the field to look at. */
  static Finding finding(Step<?, ?> step) {
    String field = "";
    String message;
    if (step.verdict() instanceof Verdict.Unmade<?> unmade) {
      field = field(unmade);
      message = unmade.reason() + ": " + unmade.message();
    } else if (step.verdict() instanceof Verdict.Made<?> made) {
      message = made.reason() + ": " + made.message();
    } else {
      message =
          step.order()
              .resource()
              .getStatus()
              .condition(Conditions.READY)
              .map(c -> c.getReason() + ": " + c.getMessage())
              .orElse("");
    }
    return new Finding(step.order().manifest(), field, message);
  }

  private static String field(Verdict.Unmade<?> unmade) {
    return switch (unmade.reason()) {
      case SourceNotFound, SourceNotReady -> "spec.sourceRef";
      case NameConflict, InvalidOverrides -> "spec.overrides";
      case TargetExists -> "spec.targetName";
      case Suspended -> "spec.suspend";
      default -> "";
    };
  }
}
