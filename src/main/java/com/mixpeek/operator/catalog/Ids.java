package com.mixpeek.operator.catalog;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** IDs in the form of the Mixpeek API: a prefix and ten letters and digits. */
final class Ids {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 10;

  private Ids() {}

  /**
   * The ID of a resource, the same whenever it is asked for.
   *
   * @param uid the resource's {@code metadata.uid}
   * @param attempt 0, or how many IDs of this UID were found taken (62^10 IDs: about 8e17)
   */
  static String of(String prefix, String uid, int attempt) {
    String seed = attempt == 0 ? uid : uid + "#" + attempt;
    BigInteger number = new BigInteger(1, sha256(seed));
    StringBuilder id = new StringBuilder(prefix);
    BigInteger base = BigInteger.valueOf(DIGITS.length());
    for (int i = 0; i < LENGTH; i++) {
      BigInteger[] parts = number.divideAndRemainder(base);
      id.append(DIGITS.charAt(parts[1].intValue()));
      number = parts[0];
    }
    return id.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
