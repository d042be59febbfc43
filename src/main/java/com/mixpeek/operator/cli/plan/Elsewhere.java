package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.remote.Account;
import java.util.List;
import java.util.Optional;

/**
 * Where is looked for what is not among the manifests.
 *
 * @param mixpeek has sources of clones that no resource stands for
 */
public record Elsewhere(Optional<Lister> cluster, Optional<Account> mixpeek) {

  /** Nothing is looked for. */
  public static final Elsewhere NOWHERE = new Elsewhere(Optional.empty(), Optional.empty());

  /** What the cluster has of a kind in a namespace, nothing if it is not to be asked. */
  public <R extends CatalogResource<?>> List<R> list(CatalogKind<?, R> kind, String namespace) {
    return cluster.map(c -> c.list(kind.resourceType(), namespace)).orElseGet(List::of);
  }

  /** A clone as the cluster has it, empty where there is none or it is not to be asked. */
  <C extends CloneResource<?>> Optional<C> find(Class<C> type, ManifestResource<C> clone) {
    return cluster.flatMap(c -> c.find(type, clone.namespace(), clone.name()));
  }

  /** All that there is of a kind in a namespace, wherever is looked. */
  public <R extends CatalogResource<?>> List<R> all(CatalogKind<?, R> kind, String namespace) {
    return mixpeek
        .map(account -> account.resources(kind, namespace))
        .orElseGet(() -> list(kind, namespace));
  }

  /** The source of a clone at Mixpeek, empty where there is none or it is not to be asked. */
  <R extends CatalogResource<?>> Optional<R> source(
      CatalogKind<?, R> kind, CloneResource<?> clone) {
    return mixpeek.flatMap(account -> account.source(kind, clone));
  }

  /** What to do about a source that was found nowhere, as the end of a sentence. */
  String nowhere(CloneResource<?> clone) {
    boolean remote =
        clone.getSpec().getConnectionRef() != null
            && !clone.getSpec().getSourceRef().hasNonNull("name");
    if (!remote) {
      return nowhere();
    }
    String connection = clone.getSpec().getConnectionRef().name();
    return mixpeek.filter(account -> account.serves(clone)).isPresent()
        ? "neither among these manifests, nor made by one of them, nor at Mixpeek: correct the"
            + " reference."
        : ("neither among these manifests nor made by one of them: add it, correct the reference, or"
                + " look at Mixpeek with --from-mixpeek --connection %s.")
            .formatted(connection);
  }

  /** What to do about a resource that was found nowhere, as the end of a sentence. */
  String nowhere() {
    return cluster.isPresent()
        ? "neither among these manifests, nor made by one of them, nor in the cluster: add it, or"
            + " correct the reference."
        : "neither among these manifests nor made by one of them: add it, correct the reference, or"
            + " look in the cluster with --from-cluster.";
  }
}
