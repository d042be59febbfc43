package com.mixpeek.operator.server;

import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.Crds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One of the CRDs as an older or a newer version has it, until it is closed. */
public final class CrdVariant implements AutoCloseable {

  private final TestNamespace namespace;
  private final String name;
  private final BooleanSupplier effective;

  /**
   * Installs the variant and waits until the server judges by it.
   *
   * @param plural of the kind
   * @param change made to the schema of the whole resource
   * @param effective whether the server judges by the variant, as it answers now
   */
  public CrdVariant(
      TestNamespace namespace,
      String plural,
      Consumer<JSONSchemaProps> change,
      BooleanSupplier effective) {
    this.namespace = namespace;
    this.name = plural + ".mixpeek.com";
    this.effective = effective;
    CustomResourceDefinition crd = committed();
    change.accept(crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema());
    install(crd);
    await("the variant of " + name)
        .atMost(TestNamespace.PATIENCE)
        .until(() -> effective.getAsBoolean() && isServed());
  }

  /** Restores the CRD as it is committed, and waits until the server judges by that again. */
  @Override
  public void close() {
    install(committed());
    await(name + " as it was")
        .atMost(TestNamespace.PATIENCE)
        .until(() -> !effective.getAsBoolean() && isServed());
  }

  /** Whether it can be listed: until its cache is filled anew, a server says 429. */
  private boolean isServed() {
    try {
      namespace
          .client()
          .genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(committed()))
          .inNamespace(namespace.name())
          .list();
      return true;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private CustomResourceDefinition committed() {
    return Crds.all().stream()
        .filter(crd -> crd.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void install(CustomResourceDefinition crd) {
    namespace.client().resource(crd).update();
  }
}
