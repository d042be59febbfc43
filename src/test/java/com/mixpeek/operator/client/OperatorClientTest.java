package com.mixpeek.operator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mixpeek.operator.api.Collection;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the operator's caches hold of a resource is all that it needs, and no more. */
class OperatorClientTest {

  private static final String COLLECTION =
      """
      {"apiVersion": "mixpeek.com/v1alpha1", "kind": "Collection",
       "metadata": {"name": "frames", "namespace": "videos", "uid": "u", "labels": {"team": "x"}},
       "spec": {"collectionName": "frames", "n": 1.50, "texts": [%s]},
       "status": {"conditions": [{"type": "Ready", "status": "True", "reason": "Assigned"}]}}
      """;

  private static final List<Function<ObjectMeta, Object>> EMPTY =
      List.of(
          ObjectMeta::getAnnotations,
          ObjectMeta::getFinalizers,
          ObjectMeta::getOwnerReferences,
          ObjectMeta::getManagedFields,
          ObjectMeta::getAdditionalProperties);

  /** What it cannot be read as shows that it is not even tried. */
  @Test
  void whoManagesWhichFieldIsNotRead() {
    String managed = COLLECTION.replace("\"uid\"", "\"managedFields\": [\"none\"], \"uid\"");
    ObjectMeta metadata = read(managed.formatted("")).getMetadata();
    assertThat(metadata.getManagedFields()).isEmpty();
    assertThat(metadata.getUid()).isEqualTo("u");
    assertThat(metadata.getLabels()).containsEntry("team", "x");
  }

  @Test
  void whatIsEmptyAndWhatManyHaveIsThereOnce() {
    Collection one = read(COLLECTION.formatted(""));
    Collection other = read(COLLECTION.formatted(""));
    assertThat(EMPTY)
        .allSatisfy(
            part ->
                assertThat(part.apply(one.getMetadata()))
                    .isSameAs(part.apply(other.getMetadata())));
    assertThat(one.getMetadata().getNamespace()).isSameAs(other.getMetadata().getNamespace());
    assertThat(one.getMetadata().getUid()).isSameAs(other.getMetadata().getUid());
    assertThat(one.label("team").orElseThrow()).isSameAs(other.label("team").orElseThrow());
    assertThat(one.text("collectionName").orElseThrow())
        .isSameAs(other.text("collectionName").orElseThrow())
        .isSameAs(one.getMetadata().getName());
    assertThat(one.getPlural()).isSameAs(other.getPlural());
    assertThat(one.getSingular()).isSameAs(other.getSingular());
    Condition ready = one.ready().orElseThrow();
    Condition others = other.ready().orElseThrow();
    assertThat(ready.getReason()).isSameAs(others.getReason());
    assertThat(ready.getAdditionalProperties()).isSameAs(others.getAdditionalProperties());
  }

  @Test
  void whatKubectlKeepsOfTheManifestIsNotKept() {
    String applied = "\"kubectl.kubernetes.io/last-applied-configuration\": \"{}\"";
    String with = COLLECTION.replace("\"uid\"", "\"annotations\": {%s}, \"uid\"");
    assertThat(read(with.formatted(applied, "")).getMetadata().getAnnotations()).isEmpty();
    assertThat(read(with.formatted(applied + ", \"a\": \"b\"", "")).getMetadata().getAnnotations())
        .containsExactly(Map.entry("a", "b"));
  }

  /** No API server sends them, but what stands before one may. */
  @Test
  void nullsAmongLabelsAndFinalizersAreRead() {
    String nulls =
        COLLECTION
            .replaceFirst("\"labels\": *\\{", "$0\"none\": null, ")
            .replace("\"uid\"", "\"finalizers\": [null], \"uid\"");
    ObjectMeta metadata = read(nulls.formatted("")).getMetadata();
    assertThat(metadata.getLabels()).containsEntry("team", "x").containsEntry("none", null);
    assertThat(metadata.getFinalizers()).containsOnlyNulls();
  }

  /** Below and above the size from which specs are compressed, and beyond the buffers for that. */
  @Test
  void specsOfAnySizeComeBack() throws JsonProcessingException {
    for (int size : List.of(0, 10, 100, 100_000)) {
      String texts =
          IntStream.range(0, size)
              .mapToObj(i -> "\"\\u00e9\\ud83d\\ude00%x\"".formatted(i * 2_654_435_761L))
              .collect(Collectors.joining(","));
      String sent = COLLECTION.formatted(texts);
      ObjectMapper json = new ObjectMapper();
      assertThat(json.readTree(json.writeValueAsString(read(sent).getSpec())))
          .isEqualTo(json.readTree(sent).get("spec"));
      assertThat(read(sent).text("collectionName")).contains("frames");
    }
  }

  /** The kind stands where an API server puts it, at the end, or nowhere. */
  @Test
  void anEventIsReadAsItsKindWhereverThatStands() {
    String metadata =
        "\"metadata\": {\"name\": \"frames\", \"managedFields\": [{\"manager\": \"m\"}]}";
    String spec =
        "\"spec\": {\"collectionName\": \"Bilder 商品\", \"nested\": {\"kind\": \"Taxonomy\"}}";
    String version = "\"apiVersion\": \"mixpeek.com/v1alpha1\"";
    String kind = "\"kind\": \"Collection\"";
    for (List<String> fields :
        List.of(
            List.of(version, kind, metadata, spec),
            List.of(kind, metadata, version, spec),
            List.of(spec, metadata, kind, version))) {
      for (String event :
          List.of(
              "{\"type\": \"ADDED\", \"object\": {%s}}",
              "{\"object\": {%s}, \"type\": \"ADDED\"}")) {
        WatchEvent read = unmarshal(event.formatted(String.join(", ", fields)), WatchEvent.class);
        assertThat(read.getType()).isEqualTo("ADDED");
        assertThat(read.getObject())
            .isInstanceOfSatisfying(
                Collection.class,
                collection -> {
                  assertThat(collection.getMetadata().getName()).isEqualTo("frames");
                  assertThat(collection.getMetadata().getManagedFields()).isEmpty();
                  assertThat(collection.text("collectionName")).contains("Bilder 商品");
                  assertThat(collection.getSpec().at("/nested/kind").asText())
                      .isEqualTo("Taxonomy");
                });
      }
    }
  }

  /** What stands before the kind is kept in a buffer until that is known. */
  @Test
  void numbersStayAsTheyAreWhereverTheKindStands() {
    String spec = "{\"collectionName\": \"n\", \"n\": [-0.0, 8.8065383594727968E16, 1.5, 7]}";
    String event =
        "{\"type\": \"ADDED\", \"object\": {\"spec\": %s, \"metadata\": {}, \"apiVersion\":"
            + " \"mixpeek.com/v1alpha1\", \"kind\": \"Collection\"}}";
    assertThat(unmarshal(event.formatted(spec), WatchEvent.class).getObject())
        .isInstanceOfSatisfying(
            Collection.class,
            collection ->
                assertThat(collection.getSpec().get("n").toString())
                    .isEqualTo("[-0.0,8.8065383594727968E16,1.5,7]"));
  }

  @Test
  void whatIsNoneOfTheKindsIsReadAsFabric8DoesIt() {
    String event = "{\"type\": \"%s\", \"object\": %s}";
    assertThat(
            unmarshal(
                    event.formatted(
                        "ERROR", "{\"apiVersion\": \"v1\", \"kind\": \"Status\", \"code\": 410}"),
                    WatchEvent.class)
                .getObject())
        .isInstanceOfSatisfying(
            Status.class, status -> assertThat(status.getCode()).isEqualTo(410));
    for (String other :
        List.of(
            "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"n\"}}",
            "{\"kind\": \"Collection\", \"metadata\": {\"name\": \"n\"}}")) {
      assertThat(unmarshal(event.formatted("ADDED", other), WatchEvent.class).getObject())
          .isInstanceOfSatisfying(
              GenericKubernetesResource.class,
              resource -> assertThat(resource.getMetadata().getName()).isEqualTo("n"));
    }
    assertThatThrownBy(() -> unmarshal(event.formatted("ADDED", "7"), WatchEvent.class))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void yamlIsReadToo() {
    String yaml =
        "apiVersion: mixpeek.com/v1alpha1\nkind: Collection\nspec: {collectionName: frames}\n";
    assertThat(unmarshal(yaml, Collection.class).text("collectionName")).contains("frames");
    assertThat(unmarshal("\n " + COLLECTION.formatted(""), Collection.class).text("collectionName"))
        .contains("frames");
    try (KubernetesClient client = OperatorClient.build(Config.empty())) {
      for (String text : List.of(yaml, COLLECTION.formatted(""))) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (InputStream stream :
            List.of(
                new ByteArrayInputStream(bytes),
                new SequenceInputStream(
                    new ByteArrayInputStream(bytes), InputStream.nullInputStream()))) {
          assertThat(
                  client
                      .getKubernetesSerialization()
                      .unmarshal(stream, Collection.class)
                      .text("collectionName"))
              .contains("frames");
        }
      }
    }
  }

  private static Collection read(String json) {
    return unmarshal(json, Collection.class);
  }

  private static <T> T unmarshal(String json, Class<T> type) {
    try (KubernetesClient client = OperatorClient.build(Config.empty())) {
      KubernetesSerialization serialization = client.getKubernetesSerialization();
      return serialization.unmarshal(json, type);
    }
  }
}
