package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.cluster.EventRecorder;
import com.mixpeek.operator.cluster.ResourceStore;
import com.mixpeek.operator.cluster.ResourceWriter;
import com.mixpeek.operator.cluster.WriteBarrier;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import java.time.Clock;

/** Makes what CollectionClones ask for. */
@ControllerConfiguration(name = "collectionclone")
public final class CollectionCloneReconciler extends CloneReconciler<CollectionClone, Collection> {

  public CollectionCloneReconciler(
      ResourceStore<Collection> store,
      WriteBarrier<Collection> barrier,
      ResourceWriter writer,
      EventRecorder events,
      Clock clock) {
    super(CatalogKind.COLLECTION, store, barrier, writer, events, clock);
  }
}
