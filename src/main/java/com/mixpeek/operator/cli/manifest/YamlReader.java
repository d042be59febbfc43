package com.mixpeek.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads YAML or JSON text into JSON with the types that kubectl reads, but for numbers, which stay
 * as they were written: {@link Numbers} says how those are sent.
 */
final class YamlReader {

  /** Of maps, lists and scalars in one file: aliases can make billions of a few lines. */
  private static final int MOST_VALUES = 5_000_000;

  /** Characters without a blank or quote between them. */
  private static final int LONGEST_WORD = 1_500_000;

  static final int DEEPEST = 200;

  private final String file;
  private final LoaderOptions options = new LoaderOptions();
  private int values;

  YamlReader(String file) {
    this.file = file;
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    options.setNestingDepthLimit(DEEPEST);
  }

  /** A document: what it says, and the nodes that say it, null where it is empty. */
  record Document(JsonNode content, Node root) {}

  /** The documents of a text, empty ones left out. */
  List<Document> read(String text) throws UnreadableInput {
    checkWords(text);
    List<Document> documents = new ArrayList<>();
    try {
      DumperOptions dumper = new DumperOptions();
      Yaml yaml =
          new Yaml(
              new KubectlConstructor(options),
              new Representer(dumper),
              dumper,
              options,
              new KubectlResolver());
      for (Node root : nodes(text, yaml)) {
        JsonNode content = json(new KubectlConstructor(options).document(root), 0, root);
        if (!content.isNull()) {
          documents.add(new Document(content, root));
        }
      }
      return documents;
    } catch (MarkedYAMLException e) {
      throw new UnreadableInput(sentence(e));
    } catch (ReaderException e) {
      throw new UnreadableInput(
          "%s is not YAML that kubectl reads: its character %,d, U+%04X, may only stand there escaped."
              .formatted(file, e.getPosition() + 1, e.getCodePoint()));
    } catch (YAMLException | StackOverflowError e) {
      String why = e instanceof YAMLException ? e.getMessage() : "it is nested too deep";
      throw new UnreadableInput("%s is not YAML that kubectl reads: %s.".formatted(file, why));
    }
  }

  private static Iterable<Node> nodes(String text, Yaml yaml) {
    boolean braced = text.stripLeading().startsWith("{");
    Optional<List<Node>> json = braced ? JsonComposer.compose(text) : Optional.empty();
    if (json.isPresent()) {
      return json.get();
    }
    // Between braces a tab is as good as a blank; YAML's reader stumbles over it.
    String readable = braced ? text.replace('\t', ' ') : text;
    return yaml.composeAll(new java.io.StringReader(readable));
  }

  /** The library takes time by the square of a word's length. */
  private void checkWords(String text) throws UnreadableInput {
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '"' || c == '\'') {
        start = i + 1;
      } else if (i - start > LONGEST_WORD) {
        throw new UnreadableInput(
            "%s has a word of more than %,d characters, more than the API server takes in a resource."
                .formatted(file, LONGEST_WORD));
      }
    }
  }

  private String sentence(MarkedYAMLException e) {
    Mark mark = e.getProblemMark();
    String problem =
        e.getProblem().contains("(TAB)")
            ? "a tab stands where blanks must, indent with blanks"
            : e.getProblem();
    String prefix =
        e instanceof KubectlConstructor.Misread ? "" : "this is not YAML that kubectl reads: ";
    return "%s:%d: %s%s (column %d)."
        .formatted(file, mark.getLine() + 1, prefix, problem, mark.getColumn() + 1);
  }

  private JsonNode json(Object value, int depth, Node root) throws UnreadableInput {
    if (++values > MOST_VALUES || depth > DEEPEST) {
      throw new UnreadableInput(
          "%s grows beyond %,d values, or %d levels, when its aliases are filled in: write it out."
              .formatted(file, MOST_VALUES, DEEPEST));
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        object.set(key(entry.getKey(), root), json(entry.getValue(), depth + 1, root));
      }
      return object;
    }
    if (value instanceof Iterable<?> items) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Object item : items) {
        array.add(json(item, depth + 1, root));
      }
      return array;
    }
    return scalar(value);
  }

  private String key(Object key, Node root) throws UnreadableInput {
    if (key == null || key instanceof Map || key instanceof Iterable) {
      int line = FieldLocator.keyThatIsNoText(root).map(mark -> mark.getLine() + 1).orElse(1);
      throw new UnreadableInput(
          ("%s:%d: this is not YAML that kubectl reads: a map has a key that is no text. Is it a"
                  + " template that is yet to be filled in?")
              .formatted(file, line));
    }
    return scalar(key).asText();
  }

  private static JsonNode scalar(Object value) {
    if (value instanceof BigInteger number) {
      return number.bitLength() < Long.SIZE
          ? Numbers.integer(number.longValue())
          : BigIntegerNode.valueOf(number);
    }
    if (value instanceof BigDecimal number) {
      return DecimalNode.valueOf(number);
    }
    if (value instanceof Boolean truth) {
      return BooleanNode.valueOf(truth);
    }
    if (value instanceof byte[] bytes) {
      return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
    }
    return value == null ? NullNode.getInstance() : TextNode.valueOf(value.toString());
  }
}
