package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What Collections and Taxonomies report beside ID and conditions. */
public abstract class CatalogStatus extends ReportedStatus {

  @JsonPropertyDescription(
      "What the references by name were resolved to: once for an immutable field, anew with each"
          + " change of the spec for taxonomyApplications.")
  private List<ResolvedReference> references;

  @JsonPropertyDescription("What Mixpeek says of it; only where it has a connectionRef.")
  private RemoteStatus remote;

  /** What Mixpeek says of it, null where it lives in the cluster or nothing is known yet. */
  public RemoteStatus getRemote() {
    return remote;
  }

  public void setRemote(RemoteStatus remote) {
    this.remote = remote;
  }

  /** What was resolved, null where there is nothing. */
  public List<ResolvedReference> getReferences() {
    return references;
  }

  public void setReferences(List<ResolvedReference> references) {
    this.references = references;
  }
}
