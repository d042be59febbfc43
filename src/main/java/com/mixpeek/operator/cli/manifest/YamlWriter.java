package com.mixpeek.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

  private static final ObjectMapper JSON = new ObjectMapper();

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
    // As new maps and lists, so that it writes no aliases.
    return yaml.dump(JSON.convertValue(value, Object.class));
  }

  /**
   * Writes lines as lines only where they are of such letters as are surely read again, and quotes
   * a byte order mark, as YAML 1.2.2 asks (5.2): readers pass over it where a document begins.
   */
  private static final class Lines extends Representer {

    private static final Pattern PLAIN_LINES =
        Pattern.compile(
            "[\\p{Alnum}\\p{Punct}][\\x20-\\x7E\\xA1-\\u167F\\n]*[\\x21-\\x7E\\xA1-\\u167F]\\n?");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    Lines(DumperOptions options) {
      super(options);
    }

    @Override
    protected Node representScalar(Tag tag, String value, DumperOptions.ScalarStyle style) {
      boolean quoted =
          value.contains(BYTE_ORDER_MARK)
              || style == DumperOptions.ScalarStyle.LITERAL
                  && !PLAIN_LINES.matcher(value).matches();
      return super.representScalar(
          tag, value, quoted ? DumperOptions.ScalarStyle.DOUBLE_QUOTED : style);
    }
  }
}
