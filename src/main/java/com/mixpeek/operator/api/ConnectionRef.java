package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * Names a Connection.
 *
 * @param name its {@code metadata.name}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConnectionRef(
    @Required
        @Size(max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
        @JsonPropertyDescription("metadata.name of the Connection, in the same namespace.")
        String name) {}
