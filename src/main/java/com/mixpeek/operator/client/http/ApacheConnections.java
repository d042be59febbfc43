package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.auth.AuthSchemeFactory;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicSchemeFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the clients of Apache HttpClient up as fabric8's settings ask. */
final class ApacheConnections {

  private static final Logger LOG = LoggerFactory.getLogger(ApacheConnections.class);

  /**
   * No limit: each watch has a connection for as long as it is open, and there are as many as kinds
   * in all namespaces. What else asks is limited by its threads.
   */
  private static final int CONNECTIONS = Integer.MAX_VALUE;

  /** API servers close what is idle for 90 s: a request must not meet a connection just then. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** A watch is silent for long: after a minute and a half without an answer its peer is gone. */
  private static final int KEEPALIVE_SECONDS = 30;

  private static final int KEEPALIVE_PROBES = 4;
  private static final int KEEPALIVE_PROBE_SECONDS = 15;

  /** Each watch keeps one: about as much as an event. */
  private static final int WATCH_BUFFER = 2 * 1024;

  private static final String WATCH = WatchStream.class.getName();

  private final StandardHttpClientBuilder<?, ?, ?> settings;
  private final Tls tls;

  ApacheConnections(StandardHttpClientBuilder<?, ?, ?> settings) {
    this.settings = settings;
    this.tls = new Tls(settings);
  }

  /**
   * The client that answers in the thread that asks. Neither it nor {@link #watches} follows
   * redirects, to which a token would be sent along.
   */
  CloseableHttpClient requests() {
    HttpHost proxy = proxy();
    if (proxy == null) {
      return HttpClients.createMinimal(blocking());
    }
    return HttpClients.custom()
        .setConnectionManager(blocking())
        // Whoever asked tries again, and knows what may be asked twice.
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableConnectionState()
        // The default ones read a list of all public suffixes.
        .setDefaultCookieSpecRegistry(name -> null)
        .setDefaultAuthSchemeRegistry(basic())
        .setProxy(proxy)
        .setDefaultCredentialsProvider(user(proxy))
        .build();
  }

  /** For a request of {@link #watches}: by which the watch gets to know its connection. */
  static HttpContext knowing(WatchStream watch) {
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(WATCH, watch);
    return context;
  }

  /** The client that reads all watches in one thread of its own. It is started already. */
  CloseableHttpAsyncClient watches() {
    HttpHost proxy = proxy();
    CloseableHttpAsyncClient watches =
        HttpAsyncClients.custom()
            .setConnectionManager(nonBlocking())
            .setIOReactorConfig(
                IOReactorConfig.custom()
                    .setIoThreadCount(1)
                    .setTcpNoDelay(true)
                    .setSoKeepAlive(true)
                    .setTcpKeepIdle(KEEPALIVE_SECONDS)
                    .setTcpKeepInterval(KEEPALIVE_PROBE_SECONDS)
                    .setTcpKeepCount(KEEPALIVE_PROBES)
                    .setSocksProxyAddress(socksProxy())
                    .build())
            .setHttp1Config(Http1Config.custom().setBufferSize(WATCH_BUFFER).build())
            .setThreadFactory(new DefaultThreadFactory("watches", true))
            // To cancel an exchange often does not reach its connection: this one does.
            .addExecInterceptorLast(
                "watch",
                (request, body, scope, chain, callback) -> {
                  if (scope.clientContext.getAttribute(WATCH) instanceof WatchStream watch) {
                    watch.runsOn(scope.execRuntime::discardEndpoint);
                  }
                  chain.proceed(request, body, scope, callback);
                })
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setIoReactorExceptionCallback(ApacheConnections::log)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableConnectionState()
            .setDefaultCookieSpecRegistry(name -> null)
            .setDefaultAuthSchemeRegistry(basic())
            .setProxy(proxy)
            .setDefaultCredentialsProvider(user(proxy))
            .build();
    watches.start();
    return watches;
  }

  /** Each watch tells its own; these end the thread, as does to close it. */
  private static void log(Exception e) {
    if (!(e instanceof ClosedSelectorException)) {
      LOG.warn("The watches broke off.", e);
    }
  }

  private HttpClientConnectionManager blocking() {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(CONNECTIONS)
        .setMaxConnPerRoute(CONNECTIONS)
        .setDefaultSocketConfig(
            SocketConfig.custom()
                .setTcpNoDelay(true)
                .setSoKeepAlive(true)
                .setTcpKeepIdle(KEEPALIVE_SECONDS)
                .setTcpKeepInterval(KEEPALIVE_PROBE_SECONDS)
                .setTcpKeepCount(KEEPALIVE_PROBES)
                .setSocksProxyAddress(socksProxy())
                .build())
        .setDefaultConnectionConfig(times())
        .setTlsSocketStrategy(tls)
        .build();
  }

  private AsyncClientConnectionManager nonBlocking() {
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setMaxConnTotal(CONNECTIONS)
        .setMaxConnPerRoute(CONNECTIONS)
        .setDefaultConnectionConfig(times())
        // A connection of HTTP/2 takes more memory for each of its streams.
        .setDefaultTlsConfig(
            TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
        .setTlsStrategy(tls)
        .build();
  }

  private ConnectionConfig times() {
    return ConnectionConfig.custom()
        .setConnectTimeout(
            settings.getConnectTimeout() == null
                ? Timeout.DISABLED
                : Timeout.of(settings.getConnectTimeout()))
        .setIdleTimeout(Timeout.of(IDLE))
        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
        .build();
  }

  /** Null where none is to be asked. */
  private HttpHost proxy() {
    InetSocketAddress address = settings.getProxyAddress();
    return address != null && settings.getProxyType() == HttpClient.ProxyType.HTTP
        ? new HttpHost(address.getHostString(), address.getPort())
        : null;
  }

  private InetSocketAddress socksProxy() {
    return settings.getProxyType() == HttpClient.ProxyType.SOCKS4
            || settings.getProxyType() == HttpClient.ProxyType.SOCKS5
        ? settings.getProxyAddress()
        : null;
  }

  private CredentialsProvider user(HttpHost proxy) {
    String[] user = HttpClientUtils.decodeBasicCredentials(settings.getProxyAuthorization());
    return (scope, context) ->
        user != null && proxy != null && new AuthScope(proxy).match(scope) >= 0
            ? new UsernamePasswordCredentials(user[0], user[1].toCharArray())
            : null;
  }

  private static Lookup<AuthSchemeFactory> basic() {
    return name -> StandardAuthScheme.BASIC.equals(name) ? BasicSchemeFactory.INSTANCE : null;
  }

  /**
   * The JDK itself verifies the host name, unless fabric8's trust manager is one that trusts
   * everyone.
   */
  private static final class Tls extends DefaultClientTlsStrategy {

    /** Of the certificate, where it is another than that of the host; else null. */
    private final String serverName;

    Tls(StandardHttpClientBuilder<?, ?, ?> settings) {
      super(
          settings.getSslContext() == null
              ? SSLContexts.createSystemDefault()
              : settings.getSslContext(),
          versions(settings.getTlsVersions()),
          null,
          // A watch that is silent keeps none.
          SSLBufferMode.DYNAMIC,
          HostnameVerificationPolicy.BUILTIN,
          NoopHostnameVerifier.INSTANCE);
      String name = settings.getTlsServerName();
      this.serverName = name == null || name.isEmpty() ? null : name;
    }

    private static String[] versions(TlsVersion... versions) {
      return versions == null || versions.length == 0
          ? null
          : Arrays.stream(versions).map(TlsVersion::javaName).toArray(String[]::new);
    }

    @Override
    public SSLSocket upgrade(
        Socket socket, String host, int port, Object attachment, HttpContext context)
        throws IOException {
      return super.upgrade(
          socket, serverName == null ? host : serverName, port, attachment, context);
    }

    @Override
    public void upgrade(
        TransportSecurityLayer session,
        NamedEndpoint endpoint,
        Object attachment,
        Timeout timeout,
        FutureCallback<TransportSecurityLayer> callback) {
      super.upgrade(
          session,
          serverName == null ? endpoint : new HttpHost(serverName, endpoint.getPort()),
          attachment,
          timeout,
          callback);
    }
  }
}
