package com.mixpeek.operator.faults;

import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Consumer;

/**
 * A resource is edited twice while the operator waits for the answer to a write of its own: of what
 * happens meanwhile the SDK tells the last event alone.
 */
class EditsDuringWriteTest {

  @ForEachKind
  void aResourceThatWaitsForTheOldNameGetsIt(CatalogKind<?, ?> kind) {
    run(
        kind,
        resources -> {
          resources.createResource("second", "shared_name");
          resources.awaitResource("second", Reason.DuplicateName);
        },
        resources -> resources.awaitResource("second", Reason.Assigned));
  }

  @ForEachKind
  void aCloneThatWaitsForTheOldNameGetsIt(CatalogKind<?, ?> kind) {
    run(
        kind,
        resources -> {
          resources.createResource("origin", "origin_name");
          resources.createClone("copy", "origin", "shared_name");
          resources.awaitReason("copy", Reason.NameConflict);
        },
        resources -> resources.awaitReason("copy", Reason.Cloned));
  }

  private static void run(
      CatalogKind<?, ?> kind,
      Consumer<TypedResources<?, ?>> waiting,
      Consumer<TypedResources<?, ?>> served) {
    String statuses = HasMetadata.getPlural(kind.resourceType()) + "/status";
    try (FaultProxy proxy = new FaultProxy(TestServer.EMBEDDED.orSkip("edits during a write"));
        TestNamespace namespace = new TestNamespace(proxy)) {
      TypedResources<?, ?> resources = namespace.resources(kind);
      resources.createResource("holder", "shared_name");
      namespace.startOperator();
      resources.awaitResource("holder", Reason.Assigned);
      waiting.accept(resources);
      proxy.faults().inject(Fault.HANG_AFTER, 1, passing -> passing.is("patch", statuses));
      resources.editResource("holder", r -> r.getSpec().put("description", "once"));
      await().until(() -> isSeen(resources.resource("holder")));
      resources.editResource("holder", r -> r.getSpec().put(kind.nameField(), "other_name"));
      resources.editResource("holder", r -> r.getSpec().put("description", "twice"));
      served.accept(resources);
    }
  }

  private static boolean isSeen(CatalogResource<?> resource) {
    return resource
        .getMetadata()
        .getGeneration()
        .equals(resource.getStatus().getObservedGeneration());
  }
}
