package com.mixpeek.operator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeCatalog;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek.Exchange;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.Grants;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shows Mixpeek as the catalog, with a stand-in for its API, and judges how each step ends. */
final class RemoteRun implements AutoCloseable {

  private static final String ID = "collection_id";
  private static final String ACCOUNT = "production";
  private static final String SECRET = "mixpeek";
  private static final String OLD_KEY = "sk_demo_old";
  private static final String NEW_KEY = "sk_demo_new";

  private static final String CONNECTION =
      """
      kind: Connection
      metadata: {name: mixpeek}
      spec:
        namespace: production        # at Mixpeek
        apiKeySecretRef: {name: mixpeek, key: apiKey}
        baseUrl: %s
        requestsPerMinute: 120
      """;

  private static final String EXISTING =
      """
      collection_name: product_embeddings
      description: In production for a year
      source: {type: bucket, bucket_ids: [bkt_products]}
      feature_extractor: {feature_extractor_name: text_extractor, version: v1}
      """;

  private static final String CLONE =
      """
      kind: CollectionClone
      metadata: {name: %1$s}
      spec:
        sourceRef: {name: product-embeddings}
        overrides: {collectionName: %2$s, metadata: {team: search}}
      """;

  private final FakeMixpeek mixpeek = new FakeMixpeek();
  private final FakeCatalog account;
  private final KubectlMixpeek kubectl;
  private final KubernetesClient client;
  private final String namespace;
  private final ExampleJudge judge;
  private final PrintStream out;
  private final List<String> complaints = new ArrayList<>();

  private int step;

  /** How many of the requests to Mixpeek were shown. */
  private int shown;

  RemoteRun(
      ApiServer server,
      String namespace,
      KubectlMixpeek kubectl,
      ExampleJudge judge,
      PrintStream out) {
    this.kubectl = kubectl;
    this.client = server.client();
    this.namespace = namespace;
    this.judge = judge;
    this.out = out;
    mixpeek.addNamespace(ACCOUNT);
    mixpeek.allow(OLD_KEY);
    account = mixpeek.catalog(ACCOUNT, CatalogKind.COLLECTION);
    if (server.real()) {
      Grants.giveConnections(client, namespace);
    }
  }

  /**
   * Goes through all steps.
   *
   * @return a sentence on each thing that is not as it is shown
   */
  List<String> run() throws InterruptedException {
    Example connection = connect();
    String id = importWhatIsThere();
    cloneTwice();
    loseAnAnswer();
    rotateTheKey(connection);
    check(
        account.objects().size() == 4,
        "Mixpeek should hold the collection that it had and three copies, and holds %s."
            .formatted(account.objects().stream().map(RemoteRun::name).toList()));
    check(
        account.objects().get(0).path(ID).asText().equals(id)
            && operations(Operation.PATCH, Operation.CREATE, Operation.DELETE) == 0,
        "What Mixpeek had already should be left as it was.");
    check(mixpeek.violations().isEmpty(), "The stand-in is not as the API is described.");
    return complaints;
  }

  private Example connect() throws InterruptedException {
    step("A Connection says where Mixpeek is, and which Secret has the key.");
    putKey(OLD_KEY);
    return show(CONNECTION.formatted(mixpeek.url()), "Connected");
  }

  private String importWhatIsThere() throws InterruptedException {
    step("The account has a collection already: it is imported by its ID, and nothing changes.");
    String id = account.add(Serialization.unmarshal(EXISTING, ObjectNode.class)).path(ID).asText();
    String manifests =
        kubectl.show(
            "import",
            "-n",
            namespace,
            "--connection",
            "mixpeek",
            "--base-url",
            mixpeek.url().toString());
    Example imported = Example.of("step " + step, manifests, "Assigned");
    judge.apply(imported);
    settle(imported);
    check(told(imported).equals(id), "The import should report the ID that Mixpeek has, " + id);
    return id;
  }

  private void cloneTwice() throws InterruptedException {
    step("A clone of it is made by Mixpeek's clone endpoint, with the overridden fields only.");
    String yaml = CLONE.formatted("product-embeddings-v2", "product_embeddings_v2");
    Example clone = show(yaml, "Cloned");
    checkOne(clone, "product_embeddings_v2", 1);

    step("The clone is deleted, and the same file applied again: it finds what is there.");
    var resource = client.resource(clone.resource()).inNamespace(namespace);
    resource.delete();
    resource.waitUntilCondition(deleted -> deleted == null, 10, TimeUnit.SECONDS);
    checkOne(show(yaml, "Cloned"), "product_embeddings_v2", 1);
  }

  private void loseAnAnswer() throws InterruptedException {
    step("Mixpeek makes a copy, and its answer is lost: it is looked up, and not made again.");
    mixpeek.faults().inject(RemoteFault.LOST_AFTER, 1, Operation.CLONE);
    Example clone = show(CLONE.formatted("answer-lost", "product_embeddings_lost"), "Cloned");
    checkOne(clone, "product_embeddings_lost", 2);
  }

  private void rotateTheKey(Example connection) throws InterruptedException {
    step("The key is revoked, and then a clone applied: the Connection says so.");
    mixpeek.revoke(OLD_KEY);
    String yaml = CLONE.formatted("key-rotated", "product_embeddings_rotated");
    Example clone = show(yaml, "TargetPending");
    settle(connection.endingAs("Unauthorized"));

    step("The Secret gets a valid key, which is read by itself, and all goes on.");
    mixpeek.allow(NEW_KEY);
    putKey(NEW_KEY);
    settle(connection, clone.endingAs("Cloned"));
    checkOne(clone, "product_embeddings_rotated", 3);
  }

  private void step(String title) {
    out.printf("%n%d. %s%n", ++step, title);
  }

  /** Shows a manifest, applies it, and waits until it ends as it should. */
  private Example show(String yaml, String endsAs) throws InterruptedException {
    out.printf("%n%s%n", yaml.indent(4));
    String full = "apiVersion: mixpeek.com/v1alpha1\n" + yaml;
    Example example = Example.of("step " + step, full, endsAs);
    judge.apply(example);
    settle(example);
    return example;
  }

  private void settle(Example... examples) throws InterruptedException {
    complaints.addAll(judge.complaints(List.of(examples)));
    List<Exchange> exchanges = List.copyOf(mixpeek.exchanges());
    exchanges.subList(shown, exchanges.size()).forEach(this::show);
    shown = exchanges.size();
    for (Example example : examples) {
      JsonNode ready = judge.ready(example);
      out.printf(
          "  %s %s: %s%n",
          example.qualifiedName(), ready.path("reason").asText(), ready.path("message").asText());
    }
  }

  private void show(Exchange exchange) {
    out.printf(
        "  asked of Mixpeek: %s %s%s: %s%n",
        exchange.operation().method(),
        exchange.path(),
        exchange.operation() == Operation.CLONE ? " " + exchange.body() : "",
        exchange.status() == 0 ? "no answer" : exchange.status());
  }

  /**
   * Checks that one collection has the name, that its ID is told, and how often it was asked for.
   */
  private void checkOne(Example clone, String catalogName, int requests) {
    List<String> ids =
        account.objects().stream()
            .filter(object -> name(object).equals(catalogName))
            .map(object -> object.path(ID).asText())
            .toList();
    check(
        ids.equals(List.of(told(clone))),
        "%s should report the one %s of Mixpeek, %s, and reports %s."
            .formatted(clone.name(), catalogName, ids, told(clone)));
    check(
        operations(Operation.CLONE) == requests,
        "%s should have been asked for once.".formatted(catalogName));
  }

  private void check(boolean holds, String complaint) {
    if (!holds) {
      complaints.add(complaint);
    }
  }

  private long operations(Operation... which) {
    return mixpeek.exchanges().stream()
        .filter(exchange -> List.of(which).contains(exchange.operation()))
        .count();
  }

  private static String name(JsonNode object) {
    return object.path("collection_name").asText();
  }

  /** The ID that a resource reports, empty for none. */
  private String told(Example example) {
    return judge.found(example).at("/status/collectionId").asText();
  }

  private void putKey(String key) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(SECRET)
            .withNamespace(namespace)
            .endMetadata()
            .addToData(
                "apiKey", Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)))
            .build();
    client.resource(secret).createOr(NonDeletingOperation::update);
  }

  @Override
  public void close() {
    mixpeek.close();
    client.close();
  }
}
