package com.mixpeek.operator.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.testing.Yaml;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A copy that writes where its source writes is made as ordered, and warned of. */
class SharedTargetsTest {

  private static final String APPLICATIONS =
      """
      {"taxonomyApplications": [
        {"taxonomyId": "tax_a"},
        {"taxonomyId": "tax_b", "targetCollectionId": "col_one"},
        {"taxonomyId": "tax_c", "targetCollectionId": null},
        {"taxonomyId": "tax_d", "targetCollectionId": "col_two"},
        {"taxonomyId": "tax_e", "targetCollectionRef": {"name": "three"}}]}
      """;

  @Test
  void aCopiedTargetIsNamed() {
    assertThat(warning("{\"collectionName\": \"v2\"}", APPLICATIONS))
        .contains(
            "Collection second writes the results of its taxonomies to col_one, col_two, three, as"
                + " its source does: override taxonomyApplications in another clone if it should not.");
    assertThat(warning("{\"taxonomyApplications\": null}", APPLICATIONS)).isPresent();
  }

  @Test
  void whatWasOrderedIsNotWarnedOf() {
    assertThat(warning(APPLICATIONS, APPLICATIONS)).isEmpty();
  }

  @Test
  void nothingSharedNothingSaid() {
    assertThat(warning("{}", "{}")).isEmpty();
    assertThat(warning("{}", "{\"taxonomyApplications\": []}")).isEmpty();
    assertThat(warning("{}", "{\"taxonomyApplications\": [{\"taxonomyId\": \"tax_a\"}]}"))
        .isEmpty();
  }

  private static Optional<String> warning(String overrides, String targetSpec) {
    CollectionClone order = new CollectionClone();
    order.getSpec().setOverrides((ObjectNode) Yaml.parse(overrides));
    Collection target = new Collection();
    target.getMetadata().setName("second");
    target.setSpec((ObjectNode) Yaml.parse(targetSpec));
    return SharedTargets.warning(order, target);
  }
}
