package com.mixpeek.operator.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The key and certificate of an HTTPS server, which is its own CA, made by the JDK's keytool. */
public final class SelfSigned {

  private static final String PASSWORD = "secret";

  private final Path store;
  private final Path pem;

  /**
   * Makes it.
   *
   * @param folder where its files are
   * @param file what they are called, without an ending
   * @param names for which hosts it is, as in {@code ip:127.0.0.1,dns:cluster.example}
   */
  public SelfSigned(Path folder, String file, String names) throws Exception {
    store = folder.resolve(file + ".p12");
    pem = folder.resolve(file + ".pem");
    keytool(
        ("-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=%s"
                + " -ext san=%s -storetype PKCS12 -storepass %s -keystore %s")
            .formatted(file, names, PASSWORD, store));
    keytool(
        "-exportcert -rfc -alias a -storepass %s -keystore %s -file %s"
            .formatted(PASSWORD, store, pem));
  }

  /** The file that holds the certificate. */
  public Path pem() {
    return pem;
  }

  /** A new one, which resumes no session of another. */
  public SSLContext context() throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String arguments) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
