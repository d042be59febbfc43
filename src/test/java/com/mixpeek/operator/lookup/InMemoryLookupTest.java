package com.mixpeek.operator.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryLookupTest {

  private final Taxonomy taxonomy = taxonomy("production", "it", "its_name");

  @Test
  void findsByWhateverAResourceAnswersTo() {
    taxonomy.getSpec().put("taxonomyId", "tax_pinned");
    taxonomy.setStatus(new TaxonomyStatus());
    taxonomy.getStatus().id("tax_assigned");
    taxonomy.getMetadata().setLabels(Map.of(Labels.CLONE_UID, "uid-of-a-clone"));
    InMemoryLookup<Taxonomy> shelf = InMemoryLookup.of(CatalogKind.TAXONOMY, List.of(taxonomy));

    for (String key :
        List.of(
            Keys.name("production", "it"),
            Keys.catalogName("production", "its_name"),
            Keys.id("production", "tax_pinned"),
            Keys.id("production", "tax_assigned"),
            Keys.cloneUid("production", "uid-of-a-clone"))) {
      assertThat(shelf.find(key)).as(key).containsExactly(taxonomy);
    }
    for (String key :
        List.of(
            Keys.name("staging", "it"),
            Keys.name("production", "its_name"),
            Keys.catalogName("production", "it"),
            Keys.id("production", "tax_other"),
            Keys.cloneUid("production", "it"))) {
      assertThat(shelf.find(key)).as(key).isEmpty();
    }
  }

  @Test
  void findsAllThatAnswer() {
    Taxonomy other = taxonomy("production", "other", "its_name");
    Taxonomy elsewhere = taxonomy("staging", "it", "its_name");
    InMemoryLookup<Taxonomy> shelf =
        InMemoryLookup.of(CatalogKind.TAXONOMY, List.of(taxonomy, other, elsewhere));

    assertThat(shelf.find(Keys.catalogName("production", "its_name")))
        .containsExactlyInAnyOrder(taxonomy, other);
    assertThat(shelf.find(Keys.name("staging", "it"))).containsExactly(elsewhere);
  }

  @Test
  void putsInPlaceOfWhatHasTheName() {
    InMemoryLookup<Taxonomy> shelf = InMemoryLookup.of(CatalogKind.TAXONOMY, List.of(taxonomy));
    Taxonomy renamed = taxonomy("production", "it", "new_name");
    Taxonomy other = taxonomy("production", "b", "its_name");

    assertThat(shelf.put(renamed)).containsSame(taxonomy);
    assertThat(shelf.put(other)).isEmpty();

    String oldName = Keys.catalogName("production", "its_name");
    assertThat(shelf.find(oldName)).containsExactly(other);
    assertThat(shelf.find(Keys.name("production", "it"))).containsExactly(renamed);
    assertThatThrownBy(() -> shelf.find(oldName).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesTwoOfOneName() {
    Taxonomy twin = taxonomy("production", "it", "other_name");
    assertThatThrownBy(() -> InMemoryLookup.of(CatalogKind.TAXONOMY, List.of(taxonomy, twin)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There are two Taxonomy resources named it in one namespace: remove or rename one.");
  }

  private static Taxonomy taxonomy(String namespace, String name, String catalogName) {
    Taxonomy taxonomy = new Taxonomy();
    taxonomy.getMetadata().setNamespace(namespace);
    taxonomy.getMetadata().setName(name);
    taxonomy.getSpec().put("taxonomyName", catalogName);
    return taxonomy;
  }
}
