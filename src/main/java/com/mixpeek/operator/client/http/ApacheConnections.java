package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.auth.BasicSchemeFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Sets Apache HttpClient up as fabric8's settings ask. */
final class ApacheConnections {

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

  private ApacheConnections() {}

  /**
   * The client that those settings of fabric8's ask for. Neither follows redirects, to which a
   * token would be sent along.
   */
  static CloseableHttpClient of(StandardHttpClientBuilder<?, ?, ?> settings) {
    return settings.getProxyAddress() != null
            && settings.getProxyType() == HttpClient.ProxyType.HTTP
        ? throughProxy(settings)
        : HttpClients.createMinimal(connections(settings));
  }

  private static CloseableHttpClient throughProxy(StandardHttpClientBuilder<?, ?, ?> settings) {
    InetSocketAddress address = settings.getProxyAddress();
    HttpHost proxy = new HttpHost(address.getHostString(), address.getPort());
    String[] user = HttpClientUtils.decodeBasicCredentials(settings.getProxyAuthorization());
    return HttpClients.custom()
        .setConnectionManager(connections(settings))
        // Whoever asked tries again, and knows what may be asked twice.
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableConnectionState()
        // The default ones read a list of all public suffixes.
        .setDefaultCookieSpecRegistry(name -> null)
        .setDefaultAuthSchemeRegistry(
            name -> StandardAuthScheme.BASIC.equals(name) ? BasicSchemeFactory.INSTANCE : null)
        .setProxy(proxy)
        .setDefaultCredentialsProvider(
            (scope, context) ->
                user != null && new AuthScope(proxy).match(scope) >= 0
                    ? new UsernamePasswordCredentials(user[0], user[1].toCharArray())
                    : null)
        .build();
  }

  private static HttpClientConnectionManager connections(
      StandardHttpClientBuilder<?, ?, ?> settings) {
    SocketConfig.Builder sockets =
        SocketConfig.custom()
            .setTcpNoDelay(true)
            .setSoKeepAlive(true)
            .setTcpKeepIdle(KEEPALIVE_SECONDS)
            .setTcpKeepInterval(KEEPALIVE_PROBE_SECONDS)
            .setTcpKeepCount(KEEPALIVE_PROBES);
    if (settings.getProxyAddress() != null
        && (settings.getProxyType() == HttpClient.ProxyType.SOCKS4
            || settings.getProxyType() == HttpClient.ProxyType.SOCKS5)) {
      sockets.setSocksProxyAddress(settings.getProxyAddress());
    }
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(CONNECTIONS)
        .setMaxConnPerRoute(CONNECTIONS)
        .setDefaultSocketConfig(sockets.build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(
                    settings.getConnectTimeout() == null
                        ? Timeout.DISABLED
                        : Timeout.of(settings.getConnectTimeout()))
                .setIdleTimeout(Timeout.of(IDLE))
                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                .build())
        .setTlsSocketStrategy(tls(settings))
        .build();
  }

  /**
   * The JDK itself verifies the host name, unless fabric8's trust manager is one that trusts
   * everyone.
   */
  private static TlsSocketStrategy tls(StandardHttpClientBuilder<?, ?, ?> settings) {
    SSLContext context =
        settings.getSslContext() == null
            ? SSLContexts.createSystemDefault()
            : settings.getSslContext();
    String[] versions =
        settings.getTlsVersions() == null || settings.getTlsVersions().length == 0
            ? null
            : Arrays.stream(settings.getTlsVersions())
                .map(TlsVersion::javaName)
                .toArray(String[]::new);
    TlsSocketStrategy strategy =
        new DefaultClientTlsStrategy(
            context,
            versions,
            null,
            SSLBufferMode.STATIC,
            HostnameVerificationPolicy.BUILTIN,
            NoopHostnameVerifier.INSTANCE);
    return settings.getTlsServerName() == null || settings.getTlsServerName().isEmpty()
        ? strategy
        : (socket, host, port, attachment, httpContext) ->
            strategy.upgrade(socket, settings.getTlsServerName(), port, attachment, httpContext);
  }
}
