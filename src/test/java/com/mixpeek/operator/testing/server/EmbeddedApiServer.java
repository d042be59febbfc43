package com.mixpeek.operator.testing.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** fabric8's CRUD server in this process, with a switch for each way in which a server refuses. */
public final class EmbeddedApiServer implements ApiServer {

  private final Faulty dispatcher;
  private final KubernetesMockServer server;
  private final WatchGateway gateway;

  public EmbeddedApiServer() {
    List<CustomResourceDefinitionContext> crds =
        Crds.all().stream().map(CustomResourceDefinitionContext::fromCrd).toList();
    dispatcher = new Faulty(new AnsweringDispatcher(crds));
    server =
        new KubernetesMockServer(
            new Context(new ObjectMapper()),
            new MockWebServer(),
            new HashMap<>(),
            dispatcher,
            false);
    server.init();
    gateway = new WatchGateway(server.getPort());
  }

  @Override
  public String describe() {
    return "an API server embedded in this process, which has no CEL, no RBAC, no defaulting and no"
        + " garbage collection";
  }

  @Override
  public boolean real() {
    return false;
  }

  @Override
  public Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("http://localhost:%d/".formatted(gateway.port()))
        .withNamespace("default")
        .build();
  }

  @Override
  public Optional<Path> kubeconfig() {
    return Optional.empty();
  }

  /**
   * Answers requests in the server's place, until the returned handle is closed.
   *
   * @param fault gives the answer, or null to let the request through
   */
  public AutoCloseable refuse(Function<RecordedRequest, MockResponse> fault) {
    dispatcher.faults.add(fault);
    return () -> dispatcher.faults.remove(fault);
  }

  /** The body of an API server's refusal. */
  public static MockResponse refusal(int code, String reason, String message) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(
            Serialization.asJson(
                Map.of(
                    "kind",
                    "Status",
                    "apiVersion",
                    "v1",
                    "status",
                    "Failure",
                    "message",
                    message,
                    "reason",
                    reason,
                    "code",
                    code)));
  }

  @Override
  public void close() {
    gateway.close();
    server.destroy();
  }

  /**
   * Answers the request that takes the last finalizer off what is being deleted as a real server
   * does: with what it leaves, in the version from before. fabric8's answers with nothing.
   */
  private static final class AnsweringDispatcher extends KubernetesCrudDispatcher {

    private AnsweringDispatcher(List<CustomResourceDefinitionContext> crds) {
      super(crds);
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
      MockResponse before = handleGet(request.getPath());
      MockResponse answer = super.handlePatch(request);
      if (answer.getBody() == null || answer.getBody().size() > 0) {
        return answer;
      }
      GenericKubernetesResource ended =
          Serialization.unmarshal(before.getBody().readUtf8(), GenericKubernetesResource.class);
      ended.getMetadata().setFinalizers(List.of());
      return answer.setBody(Serialization.asJson(ended));
    }
  }

  private static final class Faulty extends Dispatcher {

    private final Dispatcher real;
    private final List<Function<RecordedRequest, MockResponse>> faults =
        new CopyOnWriteArrayList<>();

    private Faulty(Dispatcher real) {
      this.real = real;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      for (Function<RecordedRequest, MockResponse> fault : faults) {
        MockResponse answer = fault.apply(request);
        if (answer != null) {
          return answer;
        }
      }
      return real.dispatch(request);
    }
  }
}
