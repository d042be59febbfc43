package com.mixpeek.operator.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.InflaterInputStream;

/**
 * JSON as UTF-8, compressed where that makes it smaller.
 *
 * @param content what is kept
 * @param compressed whether it is to be inflated
 */
record CompressedJson(byte[] content, boolean compressed) {

  /** Below this size what is saved is not worth the time. */
  private static final int WORTHWHILE = 512;

  /** One for all: each holds a quarter of a megabyte outside the heap. */
  private static final Deflater DEFLATER = new Deflater(Deflater.BEST_SPEED);

  static CompressedJson of(byte[] json) {
    if (json.length < WORTHWHILE) {
      return new CompressedJson(json, false);
    }
    byte[] deflated = deflate(json);
    return deflated.length < json.length
        ? new CompressedJson(deflated, true)
        : new CompressedJson(json, false);
  }

  private static byte[] deflate(byte[] json) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream(json.length / 2);
    byte[] buffer = new byte[4096];
    synchronized (DEFLATER) {
      DEFLATER.setInput(json);
      DEFLATER.finish();
      while (!DEFLATER.finished()) {
        deflated.write(buffer, 0, DEFLATER.deflate(buffer));
      }
      DEFLATER.reset();
    }
    return deflated.toByteArray();
  }

  /** The JSON as it was. */
  byte[] bytes() {
    if (!compressed) {
      return content;
    }
    try (InflaterInputStream inflated =
        new InflaterInputStream(new ByteArrayInputStream(content))) {
      return inflated.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
