package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.cli.manifest.Manifest;

/** Where a source comes from. */
public sealed interface Origin {

  /** It stands among the manifests. */
  record InManifests(Manifest manifest) implements Origin {

    @Override
    public String toString() {
      return manifest.location().toString();
    }
  }

  /** A clone of the plan creates it. */
  record CreatedBy(Manifest creator) implements Origin {

    @Override
    public String toString() {
      return "made by " + creator;
    }
  }

  /** It was found in the cluster. */
  record InCluster() implements Origin {

    @Override
    public String toString() {
      return "in the cluster";
    }
  }
}
