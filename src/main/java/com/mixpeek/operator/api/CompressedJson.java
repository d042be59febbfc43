package com.mixpeek.operator.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * JSON as UTF-8, compressed where that makes it smaller.
 *
 * @param content what is kept
 * @param length of the JSON, in bytes; that of the content where it is not compressed
 */
record CompressedJson(byte[] content, int length) {

  /** Below this size what is saved is not worth the time. */
  private static final int WORTHWHILE = 512;

  /** One for all: each holds a quarter of a megabyte outside the heap. */
  private static final Deflater DEFLATER = new Deflater(Deflater.BEST_SPEED);

  private static final ObjectMapper MAPPER = StoredJson.mapper();

  static CompressedJson of(byte[] json) {
    if (json.length >= WORTHWHILE) {
      byte[] deflated = deflate(json);
      if (deflated.length < json.length) {
        return new CompressedJson(deflated, json.length);
      }
    }
    return new CompressedJson(json, json.length);
  }

  /** Copies the value that the parser stands at, without making a tree of it. */
  static CompressedJson copy(JsonParser parser) throws IOException {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator copy = generator(bytes)) {
      copy.copyCurrentStructure(parser);
      copy.flush();
      return of(bytes.toByteArray());
    }
  }

  /** Writes what is copied from a parser, of whatever kind, as it came. */
  static JsonGenerator generator(ByteArrayBuilder bytes) throws IOException {
    return new NumbersAsTheyCome(MAPPER.createGenerator(bytes));
  }

  /** Copied as a value, a number from a buffer would be changed, as -0.0 to 0.0. */
  private static final class NumbersAsTheyCome extends JsonGeneratorDelegate {

    NumbersAsTheyCome(JsonGenerator generator) {
      super(generator, false);
    }

    @Override
    protected void _copyCurrentFloatValue(JsonParser parser) throws IOException {
      delegate.writeNumber(parser.getText());
    }
  }

  /** The tree, made anew each time. */
  JsonNode parse() {
    try {
      return MAPPER.readTree(bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] deflate(byte[] json) {
    try (ByteArrayBuilder deflated = new ByteArrayBuilder(json.length / 2)) {
      byte[] buffer = new byte[4096];
      synchronized (DEFLATER) {
        try {
          DEFLATER.setInput(json);
          DEFLATER.finish();
          while (!DEFLATER.finished()) {
            deflated.write(buffer, 0, DEFLATER.deflate(buffer));
          }
        } finally {
          DEFLATER.reset();
        }
      }
      return deflated.toByteArray();
    }
  }

  /** The JSON as it was. */
  byte[] bytes() {
    if (content.length == length) {
      return content;
    }
    Inflater inflater = new Inflater();
    try {
      byte[] json = new byte[length];
      inflater.setInput(content);
      for (int read = 0; read < length; ) {
        read += inflater.inflate(json, read, length - read);
      }
      return json;
    } catch (DataFormatException e) {
      throw new IllegalStateException("What was compressed here cannot be read.", e);
    } finally {
      inflater.end();
    }
  }
}
