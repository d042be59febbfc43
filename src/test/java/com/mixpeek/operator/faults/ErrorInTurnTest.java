package com.mixpeek.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestServer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An Error ends a turn, as where no thread can be had for a moment. */
class ErrorInTurnTest {

  /** It ends the thread of the turn, too, of which nothing else is to tell. */
  @BeforeEach
  void passOverThreads() {
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  @AfterEach
  void reset() {
    Awaitility.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"collections", "collections/status", "collectionclones/status"})
  void itIsTriedAgain(String written) {
    try (TestNamespace namespace = new TestNamespace(TestServer.best().orSkip("errors"))) {
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      failOnce(namespace.startOperator(), written);
      collections.createResource("origin", "origin_name");
      collections.createClone("copy", "origin", "copy_name");
      collections.awaitResource("origin", Reason.Assigned);
      collections.awaitReason("copy", Reason.Cloned);
    }
  }

  @Test
  void aDeletionIsTriedAgain() {
    try (FakeMixpeek mixpeek = new FakeMixpeek();
        TestNamespace namespace = new TestNamespace(TestServer.best().orSkip("errors"))) {
      namespace.connect(mixpeek);
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      RunningOperator operator = namespace.startOperator();
      collections.createResource("origin", "origin_name");
      collections.awaitResource("origin", Reason.Assigned);
      // Of its finalizer.
      AtomicBoolean failed = failOnce(operator, "collections");
      collections.deleteResource("origin");
      await().atMost(TestNamespace.PATIENCE).until(() -> collections.resource("origin") == null);
      assertThat(failed).isTrue();
    }
  }

  /** Has the first write of such a resource end in an Error, and returns whether it has. */
  private static AtomicBoolean failOnce(RunningOperator operator, String written) {
    AtomicBoolean failed = new AtomicBoolean();
    operator
        .recorder()
        .failWrites(
            request -> {
              if (request.resource().equals(written) && !failed.getAndSet(true)) {
                throw new InternalError("no memory for a thread");
              }
              return false;
            });
    return failed;
  }
}
