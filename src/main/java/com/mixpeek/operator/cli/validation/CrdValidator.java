package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says without a cluster what an API server that has a CRD would refuse, and in its words.
 *
 * <p>As there: fields that the CRD does not know are reported (strict field validation), defaults
 * are applied, nulls dropped; then the schema is asked, then the uniqueness of list keys, then the
 * CEL rules, these only if the schema found nothing grave, and in the end its size. An update is
 * judged against what is stored, and what was wrong already and is unchanged passes.
 *
 * <p>Not judged: owners and finalizers, the cost of CEL rules, and whatever else is neither in the
 * CRD nor said of all names and labels. Safe for use by several threads.
 */
public final class CrdValidator {

  /** Where a CRD has the schema of its first version; ours have one. */
  static final String SCHEMA = "/spec/versions/0/schema/openAPIV3Schema";

  /** What etcd takes in a request unless it is told otherwise. */
  private static final int MOST_BYTES = 1536 * 1024;

  private static final String TOO_LARGE =
      "etcdserver: request is too large: this has %,d bytes as JSON, and etcd takes no more than %,d:"
          + " shorten it";

  private static final String STATUS = "status";

  private final String apiVersion;
  private final String kind;
  private final boolean statusSubresource;
  private final StructuralSchema schema;
  private final SchemaRules schemaRules;
  private final CelRules celRules;

  /** Reads a CRD whose rules are known to compile, and compiles each when it is first asked. */
  CrdValidator(JsonNode crd) {
    JsonNode version =
        crd.at("/spec/versions")
            .valueStream()
            .filter(candidate -> candidate.path("storage").asBoolean())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("Not a CRD: no version is stored"));
    this.apiVersion = crd.at("/spec/group").asText() + "/" + version.path("name").asText();
    this.kind = crd.at("/spec/names/kind").asText();
    this.statusSubresource = version.at("/subresources").has(STATUS);
    this.schema = new StructuralSchema(version.at("/schema/openAPIV3Schema"));
    this.schemaRules = new SchemaRules(schema);
    this.celRules = new CelRules(schema);
  }

  /**
   * Reads the version that the CRD stores.
   *
   * @throws IllegalArgumentException if it is no CRD, or has a rule that cannot be judged here
   */
  public static CrdValidator of(JsonNode crd) {
    CrdValidator validator = new CrdValidator(crd);
    validator.celRules.compile();
    return validator;
  }

  public String kind() {
    return kind;
  }

  /** Every CEL rule as the finding that it gives; {@code []} in a field stands for any index. */
  public List<Violation> rules() {
    return celRules.all();
  }

  /** What a create would be refused for. The status is the operator's: a create drops it. */
  public List<Violation> create(JsonNode sent) {
    return write(Optional.empty(), sent);
  }

  /** What an update of all but the status would be refused for. */
  public List<Violation> update(JsonNode stored, JsonNode sent) {
    return write(Optional.of(PruningAndDefaulting.of(schema, stored).object()), sent);
  }

  private List<Violation> write(Optional<ObjectNode> stored, JsonNode sent) {
    PruningAndDefaulting decoding = PruningAndDefaulting.of(schema, sent);
    if (statusSubresource) {
      take(STATUS, stored.orElseGet(JsonNodeFactory.instance::objectNode), decoding.object());
    }
    List<Violation> findings = judge(decoding, stored.orElse(null), "");
    findings.addAll(MetadataRules.check(sent.path("metadata")));
    int bytes = PruningAndDefaulting.bytes(decoding.object()).length;
    if (findings.isEmpty() && bytes > MOST_BYTES) {
      findings.add(new Violation("spec", TOO_LARGE.formatted(bytes, MOST_BYTES)));
    }
    return findings;
  }

  /** What an update of the status would be refused for; the rest of what is sent is dropped. */
  public List<Violation> updateStatus(JsonNode stored, JsonNode sent) {
    ObjectNode old = PruningAndDefaulting.of(schema, stored).object();
    PruningAndDefaulting decoding = PruningAndDefaulting.of(schema, sent);
    ObjectNode object = old.deepCopy();
    take(STATUS, decoding.object(), object);
    return judge(new PruningAndDefaulting(object, decoding.unknown()), old, STATUS + ".");
  }

  private static void take(String field, ObjectNode from, ObjectNode to) {
    to.remove(field);
    if (from.has(field)) {
      to.set(field, from.get(field));
    }
  }

  private List<Violation> judge(PruningAndDefaulting decoding, ObjectNode old, String base) {
    ObjectNode object = decoding.object();
    List<Violation> findings = new ArrayList<>();
    expect("apiVersion", apiVersion, object, findings);
    expect("kind", kind, object, findings);
    if (!findings.isEmpty()) {
      return findings;
    }
    findings.addAll(decoding.unknown());
    SchemaRules.Result result = schemaRules.check(object, old, base);
    findings.addAll(result.findings());
    FieldValue root = FieldValue.root(schema, object, old);
    if (old == null || ListTypeRules.check(FieldValue.root(schema, old, null)).isEmpty()) {
      findings.addAll(ListTypeRules.check(root));
    }
    if (!result.blocking()) {
      findings.addAll(celRules.check(root));
    }
    return findings;
  }

  private static void expect(
      String field, String expected, JsonNode object, List<Violation> findings) {
    if (!expected.equals(object.path(field).asText())) {
      findings.add(
          new Violation(field, "Invalid value: " + object.path(field) + ": must be " + expected));
    }
  }
}
