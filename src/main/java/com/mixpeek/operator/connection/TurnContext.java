package com.mixpeek.operator.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.RemoteStatus;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the turns of one kind share, and what this process remembers between them.
 *
 * @param seen what was read at Mixpeek and is not yet told, by the resource's UID
 * @param suspects what was not in a list of all, by UID; whether it is gone is to be asked
 * @param unsent attempts that this process recorded and did not send yet, by UID
 */
record TurnContext<R extends CatalogResource<?>>(
    CatalogKind<?, R> kind,
    Connections connections,
    Clock clock,
    Retries retries,
    Map<String, JsonNode> seen,
    Set<String> suspects,
    Map<String, RemoteStatus.Attempt> unsent) {

  TurnContext(CatalogKind<?, R> kind, Connections connections, Clock clock) {
    this(
        kind,
        connections,
        clock,
        new Retries(),
        new ConcurrentHashMap<>(),
        ConcurrentHashMap.newKeySet(),
        new ConcurrentHashMap<>());
  }

  /** Forgets a resource that is gone. */
  void forget(R resource) {
    String uid = resource.getMetadata().getUid();
    retries.end(resource);
    seen.remove(uid);
    suspects.remove(uid);
    unsent.remove(uid);
  }
}
