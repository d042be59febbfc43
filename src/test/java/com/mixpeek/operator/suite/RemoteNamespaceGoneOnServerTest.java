package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.TestServer;
import org.junit.jupiter.api.Test;

/**
 * A namespace that a person deletes, whose Connection and Secret go with the rest, in any order.
 */
class RemoteNamespaceGoneOnServerTest extends RemoteSuite {

  private static final int MANY = 20;

  RemoteNamespaceGoneOnServerTest() {
    super(TestServer.REAL, "a namespace that goes, with what is at Mixpeek");
    namespace.connect(fake, "sk_first", 6000);
  }

  @Test
  void whatIsInItIsDeletedAtMixpeekToo() {
    namespace.requireControllerManager("the deletion of a namespace");
    namespace.startClusterWideOperator();
    for (int i = 0; i < MANY; i++) {
      collections.createResource("videos-" + i, "videos_" + i);
    }
    for (int i = 0; i < MANY; i++) {
      collections.awaitResource("videos-" + i, Reason.Assigned);
    }
    namespace.client().namespaces().withName(namespace.name()).delete();
    await("the end of the namespace")
        .atMost(TestNamespace.GARBAGE_COLLECTION)
        .until(() -> namespace.client().namespaces().withName(namespace.name()).get() == null);
    assertThat(names(namespace.name())).isEmpty();
  }
}
