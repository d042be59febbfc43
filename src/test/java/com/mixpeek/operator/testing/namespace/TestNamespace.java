package com.mixpeek.operator.testing.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Settings;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionSpec;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.EnvtestApiServer;
import com.mixpeek.operator.testing.server.Grants;
import com.mixpeek.operator.testing.server.RealServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import com.mixpeek.operator.testing.server.RunningOperator;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A namespace of its own on a server, and an operator that a test starts and stops. */
public final class TestNamespace implements AutoCloseable {

  /** How long anything that should happen at once may take on a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long a cluster may take to collect garbage of kinds that it has just learned. */
  public static final Duration GARBAGE_COLLECTION = Duration.ofSeconds(90);

  /** The Connection, and its Secret. */
  public static final String CONNECTION = "mixpeek";

  private static final Duration API_TIMEOUT = Duration.ofSeconds(3);

  private final ApiServer server;
  private final KubernetesClient client;
  private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);
  private final JsonResources json;
  private final List<StatusWatcher> statuses = new ArrayList<>();
  private RunningOperator operator;
  private boolean connected;

  public TestNamespace(ApiServer server) {
    this.server = server;
    this.client = server.client();
    this.json = new JsonResources(client, name);
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  /** One on a real API server; where there is none the calling test is skipped. */
  public static TestNamespace onRealServer(String what) {
    return new TestNamespace(RealServer.orSkip(what));
  }

  /** The kinds of what is cloned. */
  public static Stream<CatalogKind<?, ?>> kinds() {
    return Stream.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY);
  }

  public ApiServer server() {
    return server;
  }

  /** A client with all rights. */
  public KubernetesClient client() {
    return client;
  }

  public String name() {
    return name;
  }

  /** Skips the calling test, loudly, where nothing collects garbage or deletes namespaces. */
  public void requireControllerManager(String what) {
    boolean lacking = server instanceof EnvtestApiServer own && !own.hasControllers();
    if (lacking) {
      System.err.printf("%n*** SKIPPED: %s needs kube-controller-manager.%n%n", what);
    }
    Assumptions.assumeFalse(lacking, "no kube-controller-manager");
  }

  /** The server as one that a test may stop; elsewhere the calling test is skipped, loudly. */
  public EnvtestApiServer requireOwnServer(String what) {
    boolean own = server instanceof EnvtestApiServer;
    if (!own) {
      System.err.printf("%n*** SKIPPED: %s. The server is not ours to stop.%n%n", what);
    }
    Assumptions.assumeTrue(own, "not our API server");
    return (EnvtestApiServer) server;
  }

  /** Starts an operator for this namespace; one that runs is stopped first. */
  public RunningOperator startOperator() {
    prepareOperator();
    return operator.start();
  }

  /** Starts an operator for all namespaces, as it is by default; one that runs is stopped first. */
  public RunningOperator startClusterWideOperator() {
    prepareOperator(Settings.defaults());
    return operator.start();
  }

  /** Makes an operator for this namespace that is yet to be started. */
  public RequestRecorder prepareOperator() {
    return prepareOperator(settings());
  }

  /** What an operator for this namespace is started with. */
  public Settings settings() {
    return Settings.defaults()
        .watching(Set.of(name))
        .sendingKeysTo(Set.of("127.0.0.1"), API_TIMEOUT);
  }

  private RequestRecorder prepareOperator(Settings settings) {
    stopOperator();
    operator = new RunningOperator(server, settings);
    return operator.recorder();
  }

  public RunningOperator operator() {
    return operator;
  }

  public void stopOperator() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  /**
   * Connects the namespace to one of the same name at Mixpeek: whatever is made from now on by
   * {@link TypedResources} stands for something there, which goes with it.
   */
  public void connect(FakeMixpeek fake) {
    connect(fake, "sk_" + name, 6000);
  }

  /** The same with a key, and that many requests a minute. */
  public void connect(FakeMixpeek fake, String key, int requestsPerMinute) {
    fake.allow(key);
    fake.addNamespace(name);
    putKey(key);
    if (server.real()) {
      Grants.giveConnections(client, name);
    }
    client
        .resource(connection(fake.url().toString(), requestsPerMinute))
        .inNamespace(name)
        .create();
    connected = true;
  }

  /** Puts another key into the Secret of the Connection. */
  public void putKey(String key) {
    putKey(CONNECTION, key);
  }

  /** The same in a Secret of another name. */
  public void putKey(String secret, String key) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(secret)
                .withNamespace(name)
                .endMetadata()
                .addToData(
                    "apiKey",
                    Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)))
                .build())
        .createOr(NonDeletingOperation::update);
  }

  /** A Connection to the namespace's counterpart. */
  public Connection connection(String baseUrl, int requestsPerMinute) {
    Connection connection = new Connection();
    connection.setMetadata(
        new ObjectMetaBuilder().withName(CONNECTION).withNamespace(name).build());
    connection.getSpec().setNamespace(name);
    connection.getSpec().setBaseUrl(baseUrl);
    connection.getSpec().setRequestsPerMinute(requestsPerMinute);
    connection
        .getSpec()
        .setApiKeySecretRef(new ConnectionSpec.ApiKeySecretRef(CONNECTION, "apiKey"));
    return connection;
  }

  /** The name of the Connection, once there is one. */
  Optional<String> connection() {
    return connected ? Optional.of(CONNECTION) : Optional.empty();
  }

  /** The resources of a kind; each status of theirs that appears from now on is checked. */
  public <C extends CloneResource<?>, R extends CatalogResource<?>> TypedResources<C, R> resources(
      CatalogKind<C, R> kind) {
    statuses.add(new StatusWatcher(client, name, kind));
    return new TypedResources<>(this, kind);
  }

  /** The resources of all kinds as the JSON that they are. */
  public JsonResources json() {
    return json;
  }

  /** The Connection as it is. */
  public Connection liveConnection() {
    return client.resources(Connection.class).inNamespace(name).withName(CONNECTION).get();
  }

  /** Changes the Connection's spec as a person would. */
  public void editConnection(Consumer<Connection> change) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              Connection now = liveConnection();
              change.accept(now);
              client.resource(now).update();
              return true;
            });
  }

  /** The Events in the namespace. */
  public List<Event> events() {
    return client.events().v1().events().inNamespace(name).list().getItems();
  }

  /** kubectl in this namespace; without it the calling test is skipped. */
  public Program kubectl() {
    List<String> options = new ArrayList<>();
    server.kubeconfig().ifPresent(file -> options.add("--kubeconfig=" + file));
    options.add("--namespace=" + name);
    // What it knows of another server under the same address must not be believed.
    options.add("--cache-dir=target/kubectl-cache/" + name);
    return Program.kubectlOrSkip("what kubectl does").with(options);
  }

  /** Removes all of it; fails if a status that was seen breaks a rule. */
  @Override
  public void close() {
    stopOperator();
    statuses.forEach(StatusWatcher::close);
    kinds().forEach(kind -> release(kind.resourceType()));
    kinds().forEach(kind -> client.resources(kind.cloneType()).inNamespace(name).delete());
    kinds().forEach(kind -> client.resources(kind.resourceType()).inNamespace(name).delete());
    client.namespaces().withName(name).delete();
    client.close();
    assertThat(statuses.stream().flatMap(s -> s.problems().stream()))
        .as("what is wrong with statuses")
        .isEmpty();
  }

  /** Lets what an operator that no longer runs would have deleted at Mixpeek go. */
  private <R extends CatalogResource<?>> void release(Class<R> type) {
    client.resources(type).inNamespace(name).list().getItems().stream()
        .filter(resource -> !resource.getFinalizers().isEmpty())
        .forEach(
            resource ->
                client
                    .resource(resource)
                    .edit(
                        held -> {
                          held.getMetadata().setFinalizers(List.of());
                          return held;
                        }));
  }
}
