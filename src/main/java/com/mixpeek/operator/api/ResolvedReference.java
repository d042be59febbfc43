package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * What a reference by name was resolved to.
 *
 * @param field its path within the spec
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ResolvedReference(
    @Required @JsonPropertyDescription("The field of the spec, such as source.collectionRef.")
        String field,
    @Required @JsonPropertyDescription("The name that stands there.") String name,
    @Required @JsonPropertyDescription("The ID that it was resolved to.") String id) {}
