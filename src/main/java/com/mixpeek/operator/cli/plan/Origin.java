package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.cli.manifest.Manifest;

/**
 * Where a source comes from.
 *
 * @param manifest where it stands, null where that is in no manifest
 */
public record Origin(Manifest manifest, String text) {

  static final Origin CLUSTER = new Origin(null, "in the cluster");
  static final Origin MIXPEEK = new Origin(null, "at Mixpeek");

  static Origin of(Manifest manifest) {
    return new Origin(manifest, manifest.location().toString());
  }

  static Origin madeBy(Manifest clone) {
    return new Origin(null, "made by " + clone);
  }

  boolean isManifest() {
    return manifest != null;
  }

  @Override
  public String toString() {
    return text;
  }
}
