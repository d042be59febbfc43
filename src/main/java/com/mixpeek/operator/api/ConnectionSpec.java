package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

@JsonClassDescription("Where requests are sent, with which key, and how many.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class ConnectionSpec extends Lenient {

  private static final String PUBLIC_API = "https://api.mixpeek.com";
  private static final int REQUESTS_PER_MINUTE = 10;

  @Required
  @Size(min = 1, max = 253)
  @Pattern("^[!-~]+$")
  @JsonPropertyDescription("The Mixpeek namespace, its ID or its name.")
  private String namespace;

  @Required
  @JsonPropertyDescription("Where the API key is: in a Secret of the Connection's own namespace.")
  private ApiKeySecretRef apiKeySecretRef;

  @Size(min = 1, max = 2048)
  @JsonPropertyDescription(
      "Where the API is; left out, https://api.mixpeek.com. Only hosts that whoever runs the"
          + " operator allows, and only https, except for this machine.")
  private String baseUrl;

  @Min(1)
  @Max(6000)
  @JsonPropertyDescription("How many requests a minute may be sent, 1 to 6000; left out, 10.")
  private Integer requestsPerMinute;

  /**
   * A key of a Secret.
   *
   * @param name the Secret's {@code metadata.name}
   * @param key which of its keys
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ApiKeySecretRef(
      @Required
          @Size(max = 253)
          @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
          @JsonPropertyDescription("metadata.name of the Secret.")
          String name,
      @Required
          @Size(max = 253)
          @Pattern("^[-._a-zA-Z0-9]+$")
          @JsonPropertyDescription("The key in the Secret's data.")
          String key) {}

  public String getNamespace() {
    return namespace;
  }

  public void setNamespace(String namespace) {
    this.namespace = namespace;
  }

  public ApiKeySecretRef getApiKeySecretRef() {
    return apiKeySecretRef;
  }

  public void setApiKeySecretRef(ApiKeySecretRef apiKeySecretRef) {
    this.apiKeySecretRef = apiKeySecretRef;
  }

  public String getBaseUrl() {
    return baseUrl;
  }

  public void setBaseUrl(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  public Integer getRequestsPerMinute() {
    return requestsPerMinute;
  }

  public void setRequestsPerMinute(Integer requestsPerMinute) {
    this.requestsPerMinute = requestsPerMinute;
  }

  /** The base URL that is given, or the public API's. */
  public String baseUrl() {
    return Objects.requireNonNullElse(baseUrl, PUBLIC_API);
  }

  /** The requests a minute that are given, or as many as the API always allows. */
  public int requestsPerMinute() {
    return Objects.requireNonNullElse(requestsPerMinute, REQUESTS_PER_MINUTE);
  }
}
