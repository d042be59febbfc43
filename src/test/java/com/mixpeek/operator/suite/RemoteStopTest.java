package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator is stopped while it waits for Mixpeek: what it says then is as true as before. */
@ParameterizedClass
@EnumSource(TestServer.class)
class RemoteStopTest extends RemoteSuite {

  RemoteStopTest(TestServer server) {
    super(server, "stops while Mixpeek is asked");
  }

  @Test
  void whatAResourceRefersToIsNotSaidToBeGone() {
    namespace.connect(fake);
    namespace.startOperator();
    collections.createResource("videos", "videos_name");
    createFrames();
    collections.awaitResource("frames", Reason.Assigned);
    fake.faults().inject(RemoteFault.LATE, 1, Operation.PATCH);
    collections.editResource("frames", frames -> frames.getSpec().put("description", "other"));
    await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(fake::isBusy);
    namespace.stopOperator();
    assertThat(
            collections
                .resource("frames")
                .getStatus()
                .condition(Conditions.REFERENCES_VALID)
                .map(Condition::getStatus))
        .contains("True");
  }
}
