package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** Labels and annotations that the target is created with. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class TargetMetadata {

  /** The second pattern finds a prefix with a part that is empty, or starts or ends with a dash. */
  private static final String KEY_RULE =
      "self.all(k, k.matches('^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')"
          + " && !k.matches('([-.][.]|[.]-)[^/]*/'))";

  @Size(max = 64)
  @ValidationRule(
      value = KEY_RULE,
      message =
          "a label's key is a name of at most 63 letters, digits, '-', '_', '.', with an optional"
              + " DNS prefix and '/'")
  @JsonPropertyDescription("Labels for the new resource. The operator's own keys win.")
  private Map<
          String, @Size(max = 63) @Pattern("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$") String>
      labels;

  @Size(max = 64)
  @ValidationRule(
      value = KEY_RULE,
      message =
          "an annotation's key is a name of at most 63 letters, digits, '-', '_', '.', with an"
              + " optional DNS prefix and '/'")
  @JsonPropertyDescription("Annotations for the new resource. The operator's own keys win.")
  private Map<String, String> annotations;

  public Map<String, String> getLabels() {
    return labels;
  }

  public Map<String, String> getAnnotations() {
    return annotations;
  }
}
