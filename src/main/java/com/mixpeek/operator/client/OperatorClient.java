package com.mixpeek.operator.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.mixpeek.operator.api.Kinds;
import com.mixpeek.operator.api.StoredJson;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

/** The operator's client, the same for production and tests. */
public final class OperatorClient {

  /**
   * The first pause before a list or watch that failed is tried again. It doubles up to 32 times
   * this: a kind that comes back, or an API server, is seen after some seconds at most.
   */
  private static final int RETRY_MILLIS = 200;

  private OperatorClient() {}

  /**
   * A client that fails at once: whoever asked tries again with its own backoff, instead of keeping
   * a worker busy.
   *
   * @param config where the API server is and who we are
   * @param interceptors see each request
   */
  public static KubernetesClient build(Config config, Interceptor... interceptors) {
    Interceptor timeout = new HandshakeTimeout(config.getRequestTimeout());
    Config impatient =
        new ConfigBuilder(config)
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(RETRY_MILLIS)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(impatient)
        .withKubernetesSerialization(serialization())
        .withTaskExecutorSupplier(new EventThreads.Supplier())
        .withHttpClientBuilderConsumer(
            builder -> {
              trust(impatient, builder);
              builder.addOrReplaceInterceptor(HandshakeTimeout.class.getName(), timeout);
              builder.addOrReplaceInterceptor(
                  CompressedResponses.class.getName(), new CompressedResponses());
              for (Interceptor interceptor : interceptors) {
                builder.addOrReplaceInterceptor(interceptor.getClass().getName(), interceptor);
              }
            })
        .build();
  }

  private static void trust(Config config, HttpClient.Builder builder) {
    try {
      ReloadingTrust.use(config, builder);
    } catch (IOException | GeneralSecurityException e) {
      throw KubernetesClientException.launderThrowable(e);
    }
  }

  /** Reads what the operator needs: not who manages which field, which is a third of a resource. */
  private static KubernetesSerialization serialization() {
    ObjectMapper mapper = StoredJson.mapper();
    mapper.registerModule(new SimpleModule().addDeserializer(String.class, new Compact.Text()));
    mapper.addMixIn(ObjectMeta.class, CompactMetadata.class);
    mapper.addMixIn(Condition.class, CompactConditions.class);
    mapper.addMixIn(WatchEvent.class, DirectlyReadEvents.class);
    // Its own kinds are all that it reads, so that the class path need not be searched for others.
    // Unless they are known, each event is read into generic maps first, and written and read
    // again.
    // And a watch says with a Status that it is too old: only then is the kind listed anew.
    KubernetesSerialization serialization = new JsonSerialization(mapper);
    serialization.registerKubernetesResource(Status.class);
    Kinds.TYPES.forEach(serialization::registerKubernetesResource);
    return serialization;
  }

  /** Names the fields on the type: ignoring a getter would leave the field to be read. */
  @JsonIgnoreProperties("managedFields")
  @JsonDeserialize(converter = Compact.Metadata.class)
  private interface CompactMetadata {}

  @JsonDeserialize(converter = Compact.OneCondition.class)
  private interface CompactConditions {}

  /** Both, as both are annotated on the type. */
  private abstract static class DirectlyReadEvents {

    @JsonDeserialize(using = WatchedObject.class)
    private Object object;

    @JsonDeserialize(using = WatchedObject.class)
    abstract void setObject(Object object);
  }

  /**
   * Gives up on a watch that the API server does not open: fabric8 7.6.1 sets this timeout only
   * after it has opened a watch for the first time, and would wait for that for ever.
   */
  private record HandshakeTimeout(long millis) implements Interceptor {

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      if (builder instanceof WebSocket.Builder opening) {
        opening.connectTimeout(millis, TimeUnit.MILLISECONDS);
      }
    }
  }
}
