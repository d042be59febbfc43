package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.catalog.ReferenceCycles;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import com.mixpeek.operator.lookup.Lookups;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Collections or Taxonomies of a plan, each as it is by now and with where it comes from. */
final class PlannedResources<R extends CatalogResource<?>> implements Lookup<R> {

  private final CatalogKind<?, R> kind;
  private final InMemoryLookup<R> lookup;
  private final Placeholders placeholders = new Placeholders();
  private final Map<R, Origin> origins = new IdentityHashMap<>();
  private final Map<Manifest, R> given = new LinkedHashMap<>();
  private final List<R> found = new ArrayList<>();

  /** By what was assumed of it, what waits for something that is nowhere. */
  private final Map<R, R> unresolved = new IdentityHashMap<>();

  PlannedResources(CatalogKind<?, R> kind) {
    this.kind = kind;
    this.lookup = InMemoryLookup.of(kind, List.of());
  }

  @Override
  public List<R> find(String key) {
    return lookup.find(key);
  }

  Placeholders placeholders() {
    return placeholders;
  }

  Origin origin(R resource) {
    return origins.get(resource);
  }

  /** By the manifest that it stands in. */
  Map<Manifest, R> given() {
    return given;
  }

  /** What was found elsewhere. */
  List<R> found() {
    return List.copyOf(found);
  }

  void put(R resource, Origin origin) {
    origins.put(resource, origin);
    lookup.put(resource);
    if (origin.isManifest()) {
      given.put(origin.manifest(), resource);
    }
  }

  /** The resource with the status that the operator would give it now, in its place. */
  R report(R resource, Lookups lookups, ReferenceCycles cycles) {
    R reported = placeholders.reported(kind, resource, this, lookups, cycles);
    put(reported, origin(resource));
    return reported;
  }

  /** Goes on as if what these wait for were there: files are seldom all that there is. */
  List<R> assume() {
    List<R> waiting =
        List.copyOf(lookup.find(Keys.UNRESOLVED)).stream()
            .filter(r -> ReferenceFindings.concern(r) && !r.isReported(Reason.ReferenceCycle))
            .toList();
    for (R resource : waiting) {
      R assumed = placeholders.assumed(kind, resource);
      put(assumed, origin(resource));
      unresolved.put(assumed, resource);
    }
    return waiting.stream().map(r -> current(r).orElseThrow()).toList();
  }

  /** The resource with what is really to be said of it. */
  R told(R resource) {
    return unresolved.getOrDefault(resource, resource);
  }

  /** The resource as it is by now, empty for one that is only at Mixpeek. */
  Optional<R> current(R resource) {
    ObjectMeta metadata = resource.getMetadata();
    if (metadata.getName() == null) {
      return Optional.empty();
    }
    return lookup.find(Keys.name(metadata.getNamespace(), metadata.getName())).stream().findFirst();
  }

  /** Takes the source of a clone that no resource stands for, so that nothing else finds it. */
  R foundAtMixpeek(R there) {
    if (origins.put(there, Origin.MIXPEEK) == null) {
      found.add(there);
    }
    return there;
  }

  /** What is among the manifests too is as it stands there, as old and under the ID that it has. */
  void found(R there) {
    Optional<R> here = current(there);
    if (here.filter(r -> origin(r).isManifest()).isPresent()) {
      Origin origin = origin(here.get());
      R known = given.get(origin.manifest());
      String uid = there.getMetadata().getUid();
      ReportedStatus status = there.getStatus();
      R copy = ResourceJson.copy(kind, known, uid, status);
      copy.getMetadata().setCreationTimestamp(there.getMetadata().getCreationTimestamp());
      put(copy, origin);
    } else if (origin(there) == null) {
      put(there, Origin.CLUSTER);
      found.add(there);
    }
  }
}
