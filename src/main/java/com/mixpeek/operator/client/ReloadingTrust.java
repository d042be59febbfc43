package com.mixpeek.operator.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts the CA certificates in a file, and reads them anew at the first handshake after the file
 * was modified: a cluster that replaces its CA replaces the file in each pod, which fabric8 7.6.1
 * reads only once.
 *
 * <p>A trust manager of the JDK verifies certificates and host names. As long as the file cannot be
 * read, or holds no certificate, it is the one with what was read before.
 */
final class ReloadingTrust extends X509ExtendedTrustManager {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadingTrust.class);

  private final Config config;
  private final Path file;
  private final AtomicBoolean unreadable = new AtomicBoolean();
  private volatile Trusted trusted;

  /** What the file held, and when it had been modified. */
  private record Trusted(FileTime modified, X509ExtendedTrustManager certificates) {}

  private ReloadingTrust(Config config) throws IOException, GeneralSecurityException {
    this.config = config;
    this.file = Path.of(config.getCaCertFile());
    // The time comes first, so that what is modified while it is read is read again.
    FileTime modified = Files.getLastModifiedTime(file);
    this.trusted = new Trusted(modified, extended(SSLUtils.trustManagers(config)));
  }

  /** Makes the client trust like this where its settings name a file to trust. */
  static void use(Config config, HttpClient.Builder builder)
      throws IOException, GeneralSecurityException {
    String file = config.getCaCertFile();
    // Certificates in the settings themselves win over the file, as in fabric8.
    if (file != null
        && !file.isEmpty()
        && config.getCaCertData() == null
        && !config.isTrustCerts()) {
      builder.sslContext(
          SSLUtils.keyManagers(config), new TrustManager[] {new ReloadingTrust(config)});
    }
  }

  private X509ExtendedTrustManager current() {
    try {
      if (!Files.getLastModifiedTime(file).equals(trusted.modified())) {
        reload();
      }
      unreadable.set(false);
    } catch (IOException | GeneralSecurityException e) {
      if (unreadable.compareAndSet(false, true)) {
        LOG.warn(
            "The CA certificates in {} cannot be read ({}): those read before stay trusted, and each"
                + " new connection tries it again.",
            file,
            e.toString());
      }
    }
    return trusted.certificates();
  }

  private synchronized void reload() throws IOException, GeneralSecurityException {
    FileTime modified = Files.getLastModifiedTime(file);
    if (!modified.equals(trusted.modified())) {
      trusted = new Trusted(modified, read());
    }
  }

  private X509ExtendedTrustManager read() throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(file);
    // Throws where there is none: fabric8 would trust the JDK's own CAs only.
    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    return extended(
        SSLUtils.trustManagers(
            Base64.getEncoder().encodeToString(pem),
            null,
            false,
            config.getTrustStoreFile(),
            config.getTrustStorePassphrase()));
  }

  /** The JDK makes one, of this kind. */
  private static X509ExtendedTrustManager extended(TrustManager... managers) {
    return (X509ExtendedTrustManager) managers[0];
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    current().checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    current().checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    current().checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    current().checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    current().checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    current().checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return current().getAcceptedIssuers();
  }
}
