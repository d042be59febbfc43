package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.manifest.Location;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.Optional;

/**
 * Something that is wrong with a manifest, or with what comes of it.
 *
 * @param field as the API server names it, empty for the whole resource
 * @param reason that the operator would report, empty for what the API server refuses and for what
 *     only the manifests together show
 * @param message the API server's words, or the operator's sentence
 */
public record Finding(Manifest manifest, String field, Optional<Reason> reason, String message) {

  Finding(Manifest manifest, String field, String message) {
    this(manifest, field, Optional.empty(), message);
  }

  Finding(Manifest manifest, String field, Reason reason, String message) {
    this(manifest, field, Optional.of(reason), message);
  }

  /** Where it stands, or what it is missing from. */
  public Location location() {
    return manifest.location(field);
  }

  /** {@code InvalidOverrides: …}, reason and message. */
  public String text() {
    return reason.map(r -> r + ": ").orElse("") + message;
  }

  /** {@code clones.yaml:7: CollectionClone a: spec.overrides: Required value}. */
  @Override
  public String toString() {
    return TerminalText.escape(
        "%s: %s: %s%s"
            .formatted(location(), manifest, field.isEmpty() ? "" : field + ": ", text()));
  }
}
