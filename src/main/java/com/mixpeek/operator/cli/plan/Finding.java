package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.cli.manifest.Location;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.terminal.TerminalText;

/**
 * Something that is wrong with a manifest, or with what comes of it.
 *
 * @param field as the API server names it, empty for the whole resource
 * @param message the API server's words, or the operator's sentence
 */
public record Finding(Manifest manifest, String field, String message) {

  /** Where it stands, or what it is missing from. */
  public Location location() {
    return manifest.location(field);
  }

  /** {@code clones.yaml:7: CollectionClone a: spec.overrides: Required value}. */
  @Override
  public String toString() {
    return TerminalText.escape(
        "%s: %s: %s%s"
            .formatted(location(), manifest, field.isEmpty() ? "" : field + ": ", message));
  }
}
