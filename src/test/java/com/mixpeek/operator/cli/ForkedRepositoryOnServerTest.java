package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository of five collections in a chain, two taxonomies over them and a fork of it all, in
 * which no ID stands that an operator assigns.
 */
class ForkedRepositoryOnServerTest {

  private static final Path FILE = ForkedLineage.FOLDER.resolve("repository.yaml");
  private static final int SEEDS = 20;

  @TempDir private Path folder;

  @Test
  void inAnyOrderItEndsReadyAndIsFoundAgain() throws IOException {
    CommandResult forked =
        MixpeekCommand.run("fork", "tier-1", "--with=all", "--suffix=-v2", "-f", FILE.toString());
    List<Manifest> clones = ForkedLineage.read(folder, forked);
    List<Manifest> originals = ManifestApplier.read(FILE);
    assertThat(clones).hasSize(7);
    assertThat(originals).hasSize(7);
    assertThat(Files.readString(FILE) + forked.out()).doesNotContain("col_", "tax_");

    List<ForkedLineage> lineages = new ArrayList<>();
    try {
      for (int seed = 0; seed < SEEDS; seed++) {
        TestNamespace namespace = TestNamespace.onRealServer("a forked repository in any order");
        lineages.add(new ForkedLineage(namespace, clones));
      }
      lineages.get(0).namespace().startClusterWideOperator().recorder().awaitWatches();
      for (int seed = 0; seed < SEEDS; seed++) {
        lineages.get(seed).create(originals, new Random(seed));
      }
      List<Map<String, String>> copies =
          lineages.stream().map(ForkedLineage::copiesPointAtCopies).toList();

      for (int seed = 0; seed < SEEDS; seed++) {
        ForkedLineage lineage = lineages.get(seed);
        List<Manifest> all = new ArrayList<>(clones);
        all.addAll(originals);
        Collections.shuffle(all, new Random(seed + SEEDS));
        JsonResources resources = lineage.namespace().json();
        all.forEach(m -> resources.delete(ForkedLineage.plural(m.kind()) + "/" + m.name()));
        lineage.create(originals, new Random(seed));
      }
      for (int seed = 0; seed < SEEDS; seed++) {
        isFoundAgain(lineages.get(seed), originals, copies.get(seed));
      }
    } finally {
      lineages.forEach(lineage -> lineage.namespace().close());
    }
  }

  /** The copies stayed under their IDs, and still point at each other. */
  private static void isFoundAgain(
      ForkedLineage lineage, List<Manifest> originals, Map<String, String> copies) {
    JsonResources resources = lineage.namespace().json();
    assertThat(lineage.copiesPointAtCopies()).isEqualTo(copies);
    for (Manifest original : originals) {
      resources.awaitReason(
          ForkedLineage.plural(original.kind()) + "/" + original.name(), Reason.Assigned);
    }
    assertThat(resources.list("collections")).hasSize(10);
    assertThat(resources.list("taxonomies")).hasSize(4);
  }
}
