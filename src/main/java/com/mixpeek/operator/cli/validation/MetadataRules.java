package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an API server (Kubernetes 1.36) refuses in {@code metadata}, which no CRD describes: names,
 * labels, annotations, fields that there are not, and any field of a wrong type.
 */
final class MetadataRules {

  private static final String STRING = "string";

  private static final Set<String> FIELDS =
      Set.of(ObjectMeta.class.getAnnotation(JsonPropertyOrder.class).value());

  /** Of what only a server may write, and of lists, only this is judged. */
  private static final Map<String, String> TYPES =
      Map.of(
          "creationTimestamp", STRING,
          "deletionGracePeriodSeconds", "int64",
          "deletionTimestamp", STRING,
          "finalizers", "[]string",
          "generation", "int64",
          "managedFields", "[]v1.ManagedFieldsEntry",
          "ownerReferences", "[]v1.OwnerReference",
          "resourceVersion", STRING,
          "selfLink", STRING,
          "uid", "types.UID");

  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;
  private static final int MOST_ANNOTATIONS = 256 * 1024;

  private static final String DNS = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = DNS + "(\\." + DNS + ")*";
  private static final Pattern IS_LABEL = Pattern.compile(DNS);
  private static final Pattern IS_SUBDOMAIN = Pattern.compile(SUBDOMAIN);
  private static final String NAME_PART = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final Pattern IS_NAME_PART = Pattern.compile(NAME_PART);

  private static final String NO_SUBDOMAIN =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + (" used for validation is '" + SUBDOMAIN + "')");
  private static final String NO_DNS_LABEL =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + (" regex used for validation is '" + DNS + "')");
  private static final String NO_NAME_PART =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + (" validation is '" + NAME_PART + "')");
  private static final String NO_LABEL_VALUE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + (" '(" + NAME_PART + ")?')");

  private final JsonNode metadata;
  private final List<Violation> findings = new ArrayList<>();

  private MetadataRules(JsonNode metadata) {
    this.metadata = metadata;
  }

  static List<Violation> check(JsonNode metadata) {
    if (!metadata.isObject() && !metadata.isNull() && !metadata.isMissingNode()) {
      String why = "json: cannot unmarshal %s into Go value of type v1.ObjectMeta";
      return List.of(new Violation("metadata", why.formatted(goType(metadata))));
    }
    MetadataRules rules = new MetadataRules(metadata);
    for (Map.Entry<String, JsonNode> field : metadata.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        rules.say(field.getKey(), "unknown field \"metadata." + field.getKey() + "\"");
      } else if (TYPES.containsKey(field.getKey())) {
        rules.type(field.getKey(), TYPES.get(field.getKey()), field.getValue());
      }
    }
    rules.names();
    rules.texts("labels");
    rules.texts("annotations");
    return rules.findings;
  }

  private void type(String field, String type, JsonNode value) {
    boolean fits =
        switch (type) {
          case STRING, "types.UID" -> value.isTextual();
          case "int64" -> value.canConvertToLong() && value.isIntegralNumber();
          default -> type.startsWith("[]") ? value.isArray() : value.isObject();
        };
    if (!value.isNull() && !fits) {
      say(field, notA(type, value, field));
    } else if (type.startsWith("[]")) {
      value.forEach(item -> type(field, type.substring(2), item));
    }
  }

  private void names() {
    if (!metadata.hasNonNull("name") && !metadata.hasNonNull("generateName")) {
      say("name", "Required value: name or generateName is required");
    }
    for (String field : List.of("name", "generateName", "namespace")) {
      JsonNode value = metadata.path(field);
      if (value.isMissingNode() || value.isNull()) {
        continue;
      }
      if (!value.isTextual()) {
        say(field, notA(STRING, value, field));
      } else if (field.equals("namespace")) {
        dns(field, value.textValue(), IS_LABEL, LONGEST_LABEL, NO_DNS_LABEL);
      } else {
        // What is generated is added to a prefix, which may therefore end with a dash.
        String name = value.textValue();
        String whole = field.equals("name") ? name : name.replaceFirst("-$", "a");
        if (whole.isEmpty()) {
          say("name", "Required value: name or generateName is required");
        } else {
          dns(field, whole, IS_SUBDOMAIN, LONGEST_NAME, NO_SUBDOMAIN);
        }
      }
    }
  }

  private void dns(String field, String value, Pattern allowed, int longest, String otherwise) {
    if (value.length() > longest) {
      invalid(field, value, "must be no more than " + longest + " characters");
    }
    if (!allowed.matcher(value).matches()) {
      invalid(field, value, otherwise);
    }
  }

  private void texts(String field) {
    JsonNode map = metadata.path(field);
    if (!map.isObject() && !map.isMissingNode() && !map.isNull()) {
      say(field, notA("map[string]string", map, field));
    }
    boolean labels = field.equals("labels");
    int bytes = 0;
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      key(field, labels ? entry.getKey() : entry.getKey().toLowerCase(Locale.ROOT));
      JsonNode value = entry.getValue();
      bytes += bytes(entry.getKey()) + bytes(value.asText(""));
      if (!value.isTextual() && !value.isNull()) {
        say(field, notA(STRING, value, field));
      } else if (labels && value.isTextual()) {
        String text = value.textValue();
        tooLong(field, text, "", text, LONGEST_LABEL);
        if (!text.isEmpty() && !IS_NAME_PART.matcher(text).matches()) {
          invalid(field, text, NO_LABEL_VALUE);
        }
      }
    }
    if (!labels && bytes > MOST_ANNOTATIONS) {
      say(field, "Too long: may not be more than " + MOST_ANNOTATIONS + " bytes");
    }
  }

  private void key(String field, String key) {
    String[] parts = key.split("/", -1);
    if (parts.length > 2) {
      String prefix = " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
      invalid(field, key, "a valid label key " + NO_NAME_PART + prefix);
      return;
    }
    if (parts.length == 2 && parts[0].isEmpty()) {
      invalid(field, key, "prefix part must be non-empty");
    } else if (parts.length == 2) {
      tooLong(field, key, "prefix part ", parts[0], LONGEST_NAME);
      if (!IS_SUBDOMAIN.matcher(parts[0]).matches()) {
        invalid(field, key, "prefix part " + NO_SUBDOMAIN);
      }
    }
    String name = parts[parts.length - 1];
    if (name.isEmpty()) {
      invalid(field, key, "name part must be non-empty");
    }
    tooLong(field, key, "name part ", name, LONGEST_LABEL);
    if (!IS_NAME_PART.matcher(name).matches()) {
      invalid(field, key, "name part " + NO_NAME_PART);
    }
  }

  private void tooLong(String field, String value, String part, String text, int longest) {
    if (bytes(text) > longest) {
      invalid(field, value, part + "must be no more than " + longest + " bytes");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String notA(String type, JsonNode value, String field) {
    String number = type.equals("int64") && value.isNumber() ? " " + plain(value) : "";
    return "json: cannot unmarshal %s%s into Go struct field ObjectMeta.%s of type %s"
        .formatted(goType(value), number, field, type);
  }

  private static String plain(JsonNode number) {
    return new BigDecimal(Double.toString(number.doubleValue())).toPlainString();
  }

  private static String goType(JsonNode value) {
    return value.isBoolean() ? "bool" : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private void invalid(String field, String value, String why) {
    say(field, "Invalid value: " + GoFormat.quoted(value) + ": " + why);
  }

  private void say(String field, String message) {
    findings.add(new Violation("metadata." + field, message));
  }
}
