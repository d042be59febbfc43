package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.cli.manifest.Manifest;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** A resource and the manifest that it was read from. */
public record ManifestResource<T extends HasMetadata>(Manifest manifest, T resource) {

  public String name() {
    return resource.getMetadata().getName();
  }

  public String namespace() {
    return resource.getMetadata().getNamespace();
  }
}
