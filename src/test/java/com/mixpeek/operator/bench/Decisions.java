package com.mixpeek.operator.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.CollectionStatus;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Digest;
import com.mixpeek.operator.clone.Overlay;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.lookup.Lookup;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is decided about a clone that is to be made, without any input or output. */
@State(Scope.Benchmark)
public class Decisions {

  /** How large the source's spec is, and the overrides whose digest is made, in KB. */
  @Param({"2", "200"})
  public int specKb;

  private final CloneLogic<CollectionClone, Collection> logic =
      new CloneLogic<>(CatalogKind.COLLECTION);
  private Lookup<Collection> lookup;
  private Collection source;
  private CollectionClone clone;
  private CollectionClone overriding;

  /** Makes a source that has its ID, and two clones of it. */
  @Setup
  public void resources() {
    source = Workload.collection("bench", "origin", specKb * 1000);
    source.getMetadata().setUid("b5a3c5b4-0000-4000-8000-000000000001");
    source.getMetadata().setGeneration(1L);
    source.setStatus(new CollectionStatus());
    source.getStatus().id("col_0123456789");
    lookup = InMemoryLookup.of(CatalogKind.COLLECTION, List.of(source));
    clone = Workload.clone("bench", "copy", "origin");
    clone.getMetadata().setUid("b5a3c5b4-0000-4000-8000-000000000002");
    overriding = Workload.clone("bench", "other", "origin");
    ObjectNode overrides = JsonNodeFactory.instance.objectNode();
    overrides.set("featureExtractor", source.getSpec().get("featureExtractor"));
    overriding.getSpec().setOverrides(overrides.put("collectionName", "other"));
  }

  /** From the look-ups to the resource that is to be created. */
  @Benchmark
  public Verdict<Collection> decision() {
    Verdict<Collection> verdict = logic.decide(clone, lookup);
    if (!(verdict instanceof Verdict.Create)) {
      throw new IllegalStateException("Nothing would be created: " + verdict);
    }
    return verdict;
  }

  /** The source's spec with the overrides laid over it. */
  @Benchmark
  public ObjectNode overlay() {
    return Overlay.spec(CatalogKind.COLLECTION, source.getSpec(), clone.getSpec().getOverrides());
  }

  @Benchmark
  public String digest() {
    return Digest.of(overriding.getSpec());
  }
}
