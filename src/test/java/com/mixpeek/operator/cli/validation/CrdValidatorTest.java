package com.mixpeek.operator.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the four CRDs have no example of; each answer is one that a real API server gave. */
class CrdValidatorTest {

  private static final Path CRD = Path.of("src/test/resources/widget-crd.yaml");

  /** Stored before its CRD grew the limits that it violates. */
  private static final String OLD_FAULTS =
      """
      {size: 700, words: [long words], notes: {a: bad}, tags: [a, a],
       parts: [{name: a, colour: longlong}]}
      """;

  private CrdValidator validator;

  @BeforeEach
  void read() throws IOException {
    validator = CrdValidator.of(new YAMLMapper().readTree(CRD.toFile()));
  }

  @Test
  void aRuleWithoutMessageIsNamedByItsText() {
    assertThat(create("{size: 7}"))
        .containsExactly("spec.size: Invalid value: 7: failed rule: self != 7");
  }

  @Test
  void aTransitionRuleIsAskedOnUpdateOnly() {
    assertThat(create("{size: 4}")).isEmpty();
    assertThat(update("{size: 5}", "{size: 4}"))
        .containsExactly("spec.size: Invalid value: 4: size cannot shrink");
    assertThat(update("{}", "{size: 4}")).isEmpty();
  }

  @Test
  void itemsOfAListMapAreComparedByKey() {
    assertThat(
            update(
                "{parts: [{name: a, colour: x}, {name: b, colour: y}]}",
                "{parts: [{name: b, colour: z}, {name: c, colour: y}, {name: a, colour: x}]}"))
        .containsExactly("spec.parts[0].colour: Invalid value: \"z\": a colour stays");
  }

  @Test
  void aValueThatASetHasThreeTimesIsNamedOnce() {
    assertThat(create("{tags: [a, b, a, a]}"))
        .containsExactly("spec.tags[2]: Duplicate value: \"a\"");
  }

  @Test
  void aRuleOnAMapsValueNamesItsKey() {
    assertThat(create("{notes: {a.b: bad}}"))
        .containsExactly("spec.notes[a.b]: Invalid value: \"bad\": not bad");
  }

  @Test
  void aRuleThatCannotBeEvaluatedRefuses() {
    assertThat(create("{limits: {low: 1}}"))
        .singleElement()
        .asString()
        .startsWith("spec.limits: Invalid value: \"object\": ")
        .contains("high")
        .endsWith(" evaluating rule: low is not above high");
  }

  @Test
  void typesAreNamedAsTheApiServerNamesThem() {
    assertThat(create("{size: true, limits: {}}"))
        .containsExactlyInAnyOrder(
            "spec.size: Invalid value: \"\": spec.size in body must be of type int64: \"\"",
            "spec.limits: Invalid value: 0: spec.limits in body should have at least 1 properties");
    assertThat(create("{size: 2.5}"))
        .containsExactly(
            "spec.size: Invalid value: \"float64\": spec.size in body must be of type int64:"
                + " \"float64\"",
            "spec.size: Invalid value: \"\": Checked value must be of type integer with format int64"
                + " in spec.size");
  }

  @Test
  void whatWasWrongAlreadyAndIsUnchangedPasses() {
    assertThat(update(OLD_FAULTS, OLD_FAULTS)).isEmpty();
    assertThat(update(OLD_FAULTS, "{size: 700, words: [long words], notes: {a: bad}}")).isEmpty();
    assertThat(update("{size: 7}", "{size: 7, words: [abc]}")).isEmpty();
  }

  @Test
  void whatWasWrongAlreadyAndIsChangedDoesNot() {
    assertThat(update(OLD_FAULTS, "{size: 701}"))
        .containsExactly(
            "spec.size: Invalid value: 701: spec.size in body should be less than or equal to 100");
    assertThat(
            update(
                OLD_FAULTS,
                """
                {size: 700, words: [long words, abc], tags: [a, a, b, b],
                 parts: [{name: b, colour: longlong}, {name: a, colour: longlong}]}
                """))
        .containsExactlyInAnyOrder(
            "spec.words[0]: Too long: may not be more than 3 bytes",
            "spec.parts[0].colour: Too long: may not be more than 5 bytes");
  }

  @Test
  void aNumberIsEqualToItselfInWhicheverJavaType() {
    ObjectNode stored = widget("{}");
    ObjectNode sent = widget("{}");
    stored.withObject("/spec").set("size", JsonNodeFactory.instance.numberNode(700));
    sent.withObject("/spec").set("size", JsonNodeFactory.instance.numberNode(700L));
    assertThat(validator.update(stored, sent)).isEmpty();
  }

  @Test
  void metadataIsOfTheTypesThatItHas() {
    ObjectNode widget = widget("{}");
    widget.set(
        "metadata",
        yaml(
            """
            {name: 5, labels: [a], annotations: {a: 1}, uid: 5, generation: 0.5, finalizers: x,
             ownerReferences: [x], creationTimestamp: null, resourceVersion: "1"}
            """));
    assertThat(validator.create(widget).stream().map(Violation::toString))
        .map(finding -> finding.replace("json: cannot unmarshal ", "").replace("Go struct ", ""))
        .containsExactlyInAnyOrder(
            "metadata.name: number into field ObjectMeta.name of type string",
            "metadata.labels: array into field ObjectMeta.labels of type map[string]string",
            "metadata.annotations: number into field ObjectMeta.annotations of type string",
            "metadata.uid: number into field ObjectMeta.uid of type types.UID",
            "metadata.generation: number 0.5 into field ObjectMeta.generation of type int64",
            "metadata.finalizers: string into field ObjectMeta.finalizers of type []string",
            "metadata.ownerReferences: string into field ObjectMeta.ownerReferences of type"
                + " v1.OwnerReference");
  }

  @Test
  void etcdTakesNoMoreThanSoManyBytes() {
    ObjectNode collection =
        (ObjectNode)
            yaml(
                """
                {apiVersion: mixpeek.com/v1alpha1, kind: Collection, metadata: {name: a},
                 spec: {collectionName: abc, metadata: {note: ''}, enabled: true,
                        source: {type: bucket, bucketIds: [b]},
                        featureExtractor: {featureExtractorName: x, version: v1}}}
                """);
    CrdValidator collections = ShippedCrds.validator("Collection");
    ObjectNode notes = collection.withObject("/spec/metadata");
    int rest = 1536 * 1024 - collection.toString().length();
    notes.put("note", "ä".repeat(rest / 2) + "x".repeat(rest % 2));
    assertThat(collections.create(collection)).isEmpty();

    notes.put("note", notes.get("note").textValue() + "x");
    assertThat(collections.create(collection).stream().map(Violation::toString))
        .containsExactly(
            "spec: etcdserver: request is too large: this has 1,572,865 bytes as JSON, and etcd takes"
                + " no more than 1,572,864: shorten it");
    collection.withObject("/spec").remove("source");
    assertThat(collections.create(collection))
        .extracting(Violation::field)
        .containsExactly("spec.source");
  }

  @Test
  void anotherKindIsNotJudged() {
    ObjectNode other = widget("{size: 7}").put("apiVersion", "example.com/v2").put("kind", "Other");
    assertThat(validator.create(other).stream().map(Violation::toString))
        .containsExactly(
            "apiVersion: Invalid value: \"example.com/v2\": must be example.com/v1",
            "kind: Invalid value: \"Other\": must be Widget");
  }

  @Test
  void whatIsJudgedStaysAsItIs() {
    ObjectNode widget = widget("{size: null, unknown: 1}");
    ObjectNode before = widget.deepCopy();
    validator.update(widget, widget);
    assertThat(widget).isEqualTo(before);
  }

  @Test
  void everyRuleIsListed() {
    assertThat(validator.rules())
        .contains(
            new Violation("spec.parts[].colour", "Invalid value: a colour stays"),
            new Violation("spec.notes[]", "Invalid value: not bad"))
        .hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{rule: self > 1, optionalOldSelf: true}",
        "{rule: self > 1, messageExpression: \"'x'\"}",
        "{rule: self >}",
        "{rule: other > 1}",
        "{rule: \"self.isSorted()\"}"
      })
  void aRuleThatCannotBeJudgedIsRefusedWhenRead(String rule) throws IOException {
    JsonNode crd = new YAMLMapper().readTree(CRD.toFile());
    ObjectNode size =
        (ObjectNode)
            crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size");
    size.putArray("x-kubernetes-validations").add(yaml(rule));
    assertThatThrownBy(() -> CrdValidator.of(crd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spec.size");
  }

  @Test
  void whatIsNoCrdIsRefused() {
    assertThatThrownBy(() -> CrdValidator.of(yaml("{kind: ConfigMap}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> create(String spec) {
    return validator.create(widget(spec)).stream().map(Violation::toString).toList();
  }

  private List<String> update(String stored, String sent) {
    return validator.update(widget(stored), widget(sent)).stream()
        .map(Violation::toString)
        .toList();
  }

  private static ObjectNode widget(String spec) {
    ObjectNode widget =
        (ObjectNode) yaml("{apiVersion: example.com/v1, kind: Widget, metadata: {name: a}}");
    widget.set("spec", yaml(spec));
    return widget;
  }

  private static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
