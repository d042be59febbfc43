package com.mixpeek.operator.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CloneSpec;
import com.mixpeek.operator.api.DeletionPolicy;
import com.mixpeek.operator.testing.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The digests that are written on targets out there: they never change. Each expectation was
 * computed apart from this code, by {@code sha256sum} over the text that stands beside it.
 */
class DigestTest {

  /** {@code {"overrides":{"collectionName":"…_v2"},"sourceRef":{"name":"product-embeddings"}}}. */
  @Test
  void aPlainOrder() {
    assertThat(
            digest("{'name':'product-embeddings'}", "{'collectionName':'product_embeddings_v2'}"))
        .isEqualTo("v1:5a6e6ccd53a48bce4ac9c20f42f3c83ecf7afc6a43df6cdb3174d6868785b880");
  }

  /**
   * {@code {"overrides":{"collectionName":"v2","description":"","enabled":false,"metadata":
   * {"Z":true,"zwei":[1,1E+1,0.1,0,1E-7,1E+21,9007199254740993],"ä\"\\/\n":{"a":[],
   * "商🛍":{}}}},"sourceRef":{"collectionName":"product_embeddings"}}}, without the line breaks.
   */
  @Test
  void anOrderWithNumbersOfAllKindsUnicodeNullsAndEmptyContainers() {
    assertThat(
            digest(
                "{'collectionName':'product_embeddings'}",
                "{'metadata':{'zwei':[1.0,10,0.1,-0.0,1e-7,1e21,9007199254740993],"
                    + "'ä\\\"\\\\/\\n':{'b':null,'a':[],'商🛍':{}},'Z':true},"
                    + "'enabled':false,'description':'','source':null,'collectionName':'v2'}"))
        .isEqualTo("v1:cd70b5524f832bf7ad92de485491f9ef8bdff243ea54cd78e8bd631661816a5c");
  }

  /**
   * {@code {"overrides":{"config":{"inputMappings":[{"inputKey":"image","override":1E+2}],
   * "retrieverId":"ret_products","sourceCollection":{"collectionId":"col_catalog"},
   * "taxonomyType":"flat"},"taxonomyName":"product_categories_v2"},
   * "sourceRef":{"taxonomyId":"tax_a1b2c3d4e5"}}}, without the line breaks.
   */
  @Test
  void anOrderForATaxonomy() {
    assertThat(
            digest(
                "{'taxonomyId':'tax_a1b2c3d4e5','name':null}",
                "{'config':{'taxonomyType':'flat','sourceCollection':{'collectionId':"
                    + "'col_catalog'},'inputMappings':[{'override':100,'inputKey':'image'}],"
                    + "'retrieverId':'ret_products'},'taxonomyName':'product_categories_v2'}"))
        .isEqualTo("v1:1cdbdf109a5491ce1606d30d5810543713eeea30d00def09f592cbeed147dad0");
  }

  /** Each as it is written in a file, and as an API server has it. */
  @ParameterizedTest
  @CsvSource({
    "9223372036854775808, 9223372036854775808",
    "9223372036854775808, 9223372036854776000",
    "123456789012345678901234567890, 1.2345678901234568e+29",
    "0.1234567890123456789012345, 0.12345678901234568",
    "5e-324, 5e-324",
    "1e-400, 0",
    // Of which Java 17 would make 4.729999999999999E21.
    "4.73e21, 4730000000000000000000"
  })
  void aNumberIsWhatTheApiServerStores(String written, String stored) {
    String overrides = "{'collectionName':'v2','metadata':{'a':%s}}";
    assertThat(digest("{'name':'a'}", overrides.formatted(written)))
        .isEqualTo(digest("{'name':'a'}", overrides.formatted(stored)));
  }

  /** What may be changed at any time, or says where the copy goes, is no part of the order. */
  @Test
  void onlySourceRefAndOverridesCount() {
    CloneSpec spec = spec("{'name':'a'}", "{'collectionName':'b'}");
    String before = Digest.of(spec);
    spec.setSuspend(true);
    spec.setDeletionPolicy(DeletionPolicy.Delete);
    spec.setTargetName("elsewhere");
    assertThat(Digest.of(spec)).isEqualTo(before);
  }

  private static String digest(String sourceRef, String overrides) {
    return Digest.of(spec(sourceRef, overrides));
  }

  private static CloneSpec spec(String sourceRef, String overrides) {
    CloneSpec spec = new CloneSpec();
    spec.setSourceRef((ObjectNode) Yaml.parse(sourceRef.replace('\'', '"')));
    spec.setOverrides((ObjectNode) Yaml.parse(overrides.replace('\'', '"')));
    return spec;
  }
}
