package com.mixpeek.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Writes JSON as YAML that kubectl reads as the same JSON: whatever it would take for a number, a
 * truth value or nothing is quoted where it is text.
 */
public final class YamlWriter {

  private YamlWriter() {}

  /** One document, in block style, with a line end and without a separator. */
  public static String write(JsonNode value) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    Yaml yaml =
        new Yaml(
            new SafeConstructor(new LoaderOptions()),
            new Lines(options),
            options,
            new LoaderOptions(),
            new KubectlResolver());
    return yaml.dump(plain(value));
  }

  /** Writes lines as lines only where they are of such letters as are surely read again. */
  private static final class Lines extends Representer {

    private static final Pattern PLAIN_LINES =
        Pattern.compile(
            "[\\p{Alnum}\\p{Punct}][\\x20-\\x7E\\xA1-\\u167F\\n]*[\\x21-\\x7E\\xA1-\\u167F]\\n?");

    Lines(DumperOptions options) {
      super(options);
    }

    @Override
    protected Node representScalar(Tag tag, String value, DumperOptions.ScalarStyle style) {
      boolean quoted =
          style == DumperOptions.ScalarStyle.LITERAL && !PLAIN_LINES.matcher(value).matches();
      return super.representScalar(
          tag, value, quoted ? DumperOptions.ScalarStyle.DOUBLE_QUOTED : style);
    }
  }

  /** As the library's own types; every value is a new one, so that it writes no aliases. */
  private static Object plain(JsonNode value) {
    if (value.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      value.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
      return map;
    }
    if (value.isArray()) {
      List<Object> list = new ArrayList<>();
      value.forEach(item -> list.add(plain(item)));
      return list;
    }
    return value.isNumber()
        ? value.numberValue()
        : value.isBoolean()
            ? (Object) value.booleanValue()
            : value.isNull() ? null : value.asText();
  }
}
