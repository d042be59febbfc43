package com.mixpeek.operator.remote;

import static com.mixpeek.operator.remote.RemoteSamples.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteSpecTest {

  private static final String OLDER_SOURCE =
      "{\"source\": {\"type\": \"bucket\", \"bucketId\": \"bkt_a\"}}";
  private static final String OLDER_CONFIG =
      """
      {"config": {"taxonomyType": "flat", "defaultRetrieverId": "ret_a",
                  "defaultInputMappings": [{"inputKey": "text"}]}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a': 1} | {'a': 1, 'more': true} | true",
        "{'a': 1} | {'a': 1.0} | true",
        "{'a': 1} | {'a': '1'} | false",
        "{'a': 1} | {} | false",
        "{'a': null} | {} | true",
        "{'a': null} | {'a': null} | true",
        "{'a': null} | {'a': ''} | false",
        "{'a': {}} | {'a': null} | true",
        "{'a': []} | {} | true",
        "{'a': {}} | {'a': {'b': 1}} | false",
        "{'a': {'b': [1, {'c': 2}]}} | {'a': {'b': [1, {'c': 2, 'd': 3}]}} | true",
        "{'a': [1]} | {'a': [1, 2]} | false",
        "{'a': [1, 2]} | {'a': [2, 1]} | false",
        "{'a': []} | {'a': [1]} | false",
      })
  void allThatWasSentMustBeThere(String sent, String there, boolean holds) {
    assertThat(RemoteSpec.holds(tree(there), (ObjectNode) tree(sent))).isEqualTo(holds);
  }

  @Test
  void onlyWhatTheApiTakesIsSent() {
    assertThat(
            RemoteSpec.creation(
                CatalogKind.TAXONOMY,
                object(
                    """
                    {"taxonomyName": "t", "metadata": {"fooBar": 1}, "retrieverId": "r",
                     "connectionRef": {"name": "c"}, "deletionPolicy": "Delete",
                     "config": {"taxonomyType": "flat"}}
                    """)))
        .isEqualTo(object("{\"taxonomy_name\": \"t\", \"config\": {\"taxonomy_type\": \"flat\"}}"));
  }

  @Test
  void aSpecHoldsOnlyWhatAUserMaySet() {
    assertThat(
            RemoteSpec.spec(
                CatalogKind.COLLECTION,
                object(
                    """
                    {"collection_id": "col_a", "collection_name": "c", "description": null,
                     "document_count": 7, "source_lineage": [], "metadata": {"foo_bar": null},
                     "source": {"type": "bucket", "bucket_ids": ["b"], "collection_id": null},
                     "feature_extractor": {"feature_extractor_id": "x_v1",
                       "feature_extractor_name": "x", "version": "v1", "params": null}}
                    """)))
        .isEqualTo(
            object(
                """
                {"collectionName": "c", "metadata": {"foo_bar": null},
                 "source": {"type": "bucket", "bucketIds": ["b"]},
                 "featureExtractor": {"featureExtractorName": "x", "version": "v1"}}
                """));
  }

  @Test
  void olderNamesAreSentAsTheyAreCalledNow() {
    assertThat(RemoteSpec.creation(CatalogKind.COLLECTION, object(OLDER_SOURCE)))
        .isEqualTo(object("{\"source\": {\"type\": \"bucket\", \"bucket_ids\": [\"bkt_a\"]}}"));
    assertThat(RemoteSpec.creation(CatalogKind.TAXONOMY, object(OLDER_CONFIG)))
        .isEqualTo(
            object(
                """
                {"config": {"taxonomy_type": "flat", "retriever_id": "ret_a",
                            "input_mappings": [{"input_key": "text"}]}}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'source': {'type': 'bucket', 'bucket_ids': ['bkt_a']}} | true",
        "{'source': {'type': 'bucket', 'bucket_id': 'bkt_a'}} | true",
        "{'source': {'type': 'bucket', 'bucket_id': 'bkt_a', 'bucket_ids': ['bkt_b']}} | false",
        "{'source': {'type': 'bucket', 'bucket_ids': ['bkt_a', 'bkt_b']}} | false",
      })
  void anOlderNameSaysTheSameAsTheOneOfNow(String there, boolean same) {
    ObjectNode spec = object(OLDER_SOURCE);
    JsonNode content = tree(there);
    assertThat(RemoteSpec.differences(CatalogKind.COLLECTION, spec, content).isEmpty())
        .isEqualTo(same);
    assertThat(RemoteSpec.holds(content, RemoteSpec.fields(spec, List.of("source"))))
        .isEqualTo(same);
  }

  @Test
  void anOlderNameInAnAnswerIsReadAsTheOneOfNow() {
    JsonNode content = tree("{'source': {'type': 'bucket', 'bucket_id': 'bkt_a'}}");
    assertThat(RemoteSpec.spec(CatalogKind.COLLECTION, content))
        .isEqualTo(object("{\"source\": {\"type\": \"bucket\", \"bucketIds\": [\"bkt_a\"]}}"));
    assertThat(content).isEqualTo(tree("{'source': {'type': 'bucket', 'bucket_id': 'bkt_a'}}"));
  }

  /** Of a clone that was sent without it, which Mixpeek has copied digit for digit. */
  @Test
  void whatAnApiServerMakesOfALargeNumberIsNoDifference() {
    assertThat(
            RemoteSpec.differences(
                CatalogKind.COLLECTION,
                object("{\"metadata\": {\"hash\": 18446744073709552000}}"),
                tree("{'metadata': {'hash': 18446744073709551615}}")))
        .isEmpty();
  }

  @Test
  void differencesNameTheFields() {
    assertThat(
            RemoteSpec.differences(
                CatalogKind.COLLECTION,
                object(
                    """
                    {"collectionName": "c", "description": "mine", "metadata": {"a_b": 1},
                     "featureExtractor": {"version": "v1", "parameters": {"x": 1}}}
                    """),
                object(
                    """
                    {"collection_name": "c", "description": "theirs", "enabled": false,
                     "metadata": {"a_b": 1, "more": 2},
                     "feature_extractor": {"version": "v2", "parameters": {"x": 2}}}
                    """)))
        .containsExactly("description", "featureExtractor.version", "featureExtractor.parameters");
  }

  private static JsonNode tree(String json) {
    return RemoteSamples.tree(json.replace('\'', '"'));
  }
}
