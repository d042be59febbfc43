package com.mixpeek.operator.cli.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes nodes of JSON, which kubectl reads as JSON. Not all of it is YAML: it may have {@code \/}
 * in a text, a line end before a colon, and one document right behind another.
 */
final class JsonComposer {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(YamlReader.DEEPEST)
                  .maxStringLength(ManifestFiles.LARGEST_FILE)
                  .build())
          .build();

  /** Marks show nothing of the text. */
  private static final int[] NO_TEXT = {};

  private final JsonParser parser;

  private JsonComposer(JsonParser parser) {
    this.parser = parser;
  }

  /** The documents of a text, empty where it is not JSON from beginning to end. */
  static Optional<List<Node>> compose(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonComposer composer = new JsonComposer(parser);
      List<Node> documents = new ArrayList<>();
      while (parser.nextToken() != null) {
        documents.add(composer.node());
      }
      return Optional.of(documents);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory was read to its end.", e);
    }
  }

  private Node node() throws IOException {
    Mark start = mark();
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        List<NodeTuple> fields = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          Node key = scalar(Tag.STR, mark());
          parser.nextToken();
          fields.add(new NodeTuple(key, node()));
        }
        yield new MappingNode(Tag.MAP, true, fields, start, start, FlowStyle.FLOW);
      }
      case START_ARRAY -> {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node());
        }
        yield new SequenceNode(Tag.SEQ, true, items, start, start, FlowStyle.FLOW);
      }
      case VALUE_NUMBER_INT -> scalar(Tag.INT, start);
      case VALUE_NUMBER_FLOAT -> scalar(Tag.FLOAT, start);
      case VALUE_TRUE, VALUE_FALSE -> scalar(Tag.BOOL, start);
      case VALUE_NULL -> scalar(Tag.NULL, start);
      default -> scalar(Tag.STR, start);
    };
  }

  private Node scalar(Tag tag, Mark start) throws IOException {
    return new ScalarNode(tag, parser.getText(), start, start, ScalarStyle.PLAIN);
  }

  private Mark mark() {
    JsonLocation at = parser.currentTokenLocation();
    return new Mark("", 0, at.getLineNr() - 1, at.getColumnNr() - 1, NO_TEXT, 0);
  }
}
