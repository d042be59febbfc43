package com.mixpeek.operator.cli.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.ConstructorException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes maps, lists and scalars of a document's nodes, numbers as kubectl reads them. */
final class KubectlConstructor extends SafeConstructor {

  KubectlConstructor(LoaderOptions options) {
    super(options);
    setAllowDuplicateKeys(options.isAllowDuplicateKeys());
    yamlConstructors.put(Tag.BOOL, new Scalar(KubectlResolver.BOOL, KubectlConstructor::truth));
    yamlConstructors.put(Tag.INT, new Scalar(KubectlResolver.INT, KubectlConstructor::integer));
    yamlConstructors.put(Tag.FLOAT, new Scalar(KubectlResolver.FLOAT, KubectlConstructor::number));
    yamlConstructors.put(Tag.TIMESTAMP, new ConstructYamlStr());
    // JSON has maps and lists, and nothing that is ordered, paired or a set.
    yamlConstructors.put(Tag.SET, new ConstructYamlMap());
    yamlConstructors.put(Tag.OMAP, new ConstructYamlSeq());
    yamlConstructors.put(Tag.PAIRS, new ConstructYamlSeq());
    // A tag of somebody's own stands for nothing here: what it is put on is read without it.
    yamlMultiConstructors.put("!", new Untagged());
  }

  Object document(Node root) {
    return constructDocument(root);
  }

  private static boolean truth(ScalarNode node) {
    String text = node.getValue().toLowerCase(Locale.ROOT);
    return text.startsWith("y") || text.startsWith("t") || text.equals("on");
  }

  private static BigInteger integer(ScalarNode node) {
    String text = node.getValue().replace("_", "");
    String unsigned = text.replaceFirst("^[-+]", "");
    int radix = unsigned.length() > 1 && unsigned.startsWith("0") ? 8 : 10;
    String digits = unsigned;
    if (unsigned.matches("0[box].*")) {
      radix = unsigned.charAt(1) == 'b' ? 2 : unsigned.charAt(1) == 'x' ? 16 : 8;
      digits = unsigned.substring(2);
    }
    BigInteger value = new BigInteger(digits, radix);
    return text.startsWith("-") ? value.negate() : value;
  }

  /** A number too large for a double is text. */
  private static Object number(ScalarNode node) {
    String text = node.getValue().replace("_", "");
    if (text.toLowerCase(Locale.ROOT).matches("[-+]?\\.(inf|nan)")) {
      String problem = "JSON has no " + text + " to send to the API server";
      throw new ConstructorException(null, null, problem, node.getStartMark()) {};
    }
    boolean finite = Double.isFinite(Double.parseDouble(text));
    return finite ? new BigDecimal(text.replaceFirst("\\.(?=$|[eE])", "")) : text;
  }

  private static final class Scalar extends AbstractConstruct {

    private final Pattern form;
    private final Function<ScalarNode, Object> read;

    /**
     * @param form what may be read: a tag that is written can stand before anything
     */
    Scalar(Pattern form, Function<ScalarNode, Object> read) {
      this.form = form;
      this.read = read;
    }

    @Override
    public Object construct(Node node) {
      if (!(node instanceof ScalarNode scalar) || !form.matcher(scalar.getValue()).matches()) {
        String problem =
            "what stands behind the tag !!%s is none".formatted(node.getTag().getClassName());
        throw new ConstructorException(null, null, problem, node.getStartMark()) {};
      }
      return read.apply(scalar);
    }
  }

  private final class Untagged extends AbstractConstruct {
    @Override
    public Object construct(Node node) {
      return plain(node).construct(node);
    }

    @Override
    public void construct2ndStep(Node node, Object object) {
      plain(node).construct2ndStep(node, object);
    }

    private org.yaml.snakeyaml.constructor.Construct plain(Node node) {
      return switch (node.getNodeId()) {
        case scalar -> yamlConstructors.get(Tag.STR);
        case sequence -> yamlConstructors.get(Tag.SEQ);
        default -> yamlConstructors.get(Tag.MAP);
      };
    }
  }
}
