package com.mixpeek.operator.cli.graph;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import com.mixpeek.operator.cli.plan.Elsewhere;
import com.mixpeek.operator.cli.plan.ManifestSet;
import com.mixpeek.operator.cli.plan.Plans;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Lineages of manifests. */
final class GraphFixtures {

  static final Path FOLDER = Path.of("src", "test", "resources", "graph");
  static final Path EXAMPLES = Path.of("deploy", "examples");

  private GraphFixtures() {}

  static Lineage of(Path folder) {
    return of(read(InputStream.nullInputStream(), folder.toString()));
  }

  static Lineage of(String yaml) {
    return of(read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "-"));
  }

  /** A Collection, and clones each of which copies what the one before made. */
  static String chain(int length) {
    StringBuilder yaml = new StringBuilder(collection("c-0"));
    for (int i = 1; i < length; i++) {
      yaml.append(clone("c-" + i, "c-" + (i - 1)));
    }
    return yaml.toString();
  }

  static String collection(String name) {
    return """
    ---
    apiVersion: mixpeek.com/v1alpha1
    kind: Collection
    metadata: {name: %1$s}
    spec:
      collectionName: %1$s
      source: {type: bucket, bucketIds: [bkt_a]}
      featureExtractor: {featureExtractorName: text_extractor, version: v1}
    """
        .formatted(name);
  }

  static String clone(String name, String source) {
    return """
    ---
    apiVersion: mixpeek.com/v1alpha1
    kind: CollectionClone
    metadata: {name: %1$s}
    spec: {sourceRef: {name: %2$s}, overrides: {collectionName: %1$s}}
    """
        .formatted(name, source);
  }

  static String text(Lineage lineage) {
    return TextTree.write(lineage, (style, words) -> words);
  }

  private static List<Manifest> read(InputStream in, String input) {
    return new ManifestFiles(
            in,
            sentence -> {
              throw new IllegalArgumentException(sentence);
            })
        .read(List.of(input));
  }

  private static Lineage of(List<Manifest> manifests) {
    Plans plans = new Plans(new ManifestSet(manifests, "default"), Elsewhere.NOWHERE);
    return LineageTracer.trace(
        LineageInput.ofFiles(plans.of(CatalogKind.COLLECTION), Map.of()),
        LineageInput.ofFiles(plans.of(CatalogKind.TAXONOMY), Map.of()));
  }
}
