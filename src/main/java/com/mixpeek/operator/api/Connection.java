package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.ArrayList;
import java.util.List;

@Group("mixpeek.com")
@Version("v1alpha1")
@Plural("connections")
@Singular("connection")
@ShortNames("conn")
@JsonClassDescription("A way to a Mixpeek namespace: where its API is, and the key to it.")
@Categories("mixpeek")
@AdditionalPrinterColumn(
    name = "Namespace",
    jsonPath = ".spec.namespace",
    getDescription = "The Mixpeek namespace.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    getDescription = "Why it is ready or not.")
public class Connection extends MixpeekResource<ConnectionSpec, ConnectionStatus> {

  @Override
  protected ConnectionSpec initSpec() {
    return new ConnectionSpec();
  }

  @Override
  @JsonDeserialize(using = Lenient.Deserializer.class)
  public void setSpec(ConnectionSpec spec) {
    super.setSpec(spec);
  }

  @Override
  public List<String> unreadable() {
    List<String> fields = new ArrayList<>(super.unreadable());
    if (getSpec() == null) {
      fields.add("spec");
      return fields;
    }
    fields.addAll(paths("spec", getSpec().unreadable()));
    if (fields.isEmpty()
        && (getSpec().getNamespace() == null || getSpec().getApiKeySecretRef() == null)) {
      fields.add("spec");
    }
    return fields;
  }
}
