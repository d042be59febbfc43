package com.mixpeek.operator.cli.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.ConstructorException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes maps, lists and scalars of a document's nodes, numbers as kubectl reads them. */
final class KubectlConstructor extends SafeConstructor {

  /** That tell any two numbers of 32 bits apart. */
  private static final int MOST_DIGITS = 9;

  private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|nan)");

  KubectlConstructor(LoaderOptions options) {
    super(options);
    setAllowDuplicateKeys(options.isAllowDuplicateKeys());
    yamlConstructors.put(Tag.BOOL, new Scalar(KubectlResolver.BOOL, KubectlConstructor::truth));
    yamlConstructors.put(Tag.INT, new Scalar(KubectlResolver.INT, KubectlConstructor::integer));
    yamlConstructors.put(Tag.FLOAT, new Scalar(KubectlResolver.FLOAT, KubectlConstructor::number));
    yamlConstructors.put(Tag.TIMESTAMP, new ConstructYamlStr());
    // Of a key it says what is merged, and anywhere else nothing.
    yamlConstructors.put(Tag.MERGE, new ConstructYamlStr());
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

  /**
   * Makes text of keys that are none, as kubectl does, which takes the last of those that are one.
   */
  @Override
  protected void processDuplicateKeys(MappingNode node, boolean forceStringKeys) {
    node.getValue()
        .replaceAll(tuple -> new NodeTuple(text(tuple.getKeyNode()), tuple.getValueNode()));
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Mark mark = tuple.getKeyNode().getStartMark();
      if (tuple.getKeyNode() instanceof ScalarNode key && key.getTag().equals(Tag.STR)) {
        Integer line = lines.putIfAbsent(key.getValue(), mark.getLine() + 1);
        if (line != null) {
          String problem =
              "the key %s is already set in this map, on line %d, and kubectl would take only the last:"
                  + " remove one of the two";
          throw new Misread(problem.formatted(key.getValue(), line), mark);
        }
      }
    }
    super.processDuplicateKeys(node, forceStringKeys);
  }

  private Node text(Node node) {
    boolean plain = List.of(Tag.BOOL, Tag.INT, Tag.FLOAT).contains(node.getTag());
    if (!plain || !(node instanceof ScalarNode key)) {
      return node;
    }
    String text = key.getValue().toLowerCase(Locale.ROOT).replaceFirst("^\\+", "");
    if (!NOT_FINITE.matcher(text).matches()) {
      Object value = constructObject(key);
      text = value instanceof Number number ? text(number, key) : value.toString();
    }
    return new ScalarNode(
        Tag.STR, text, key.getStartMark(), key.getEndMark(), key.getScalarStyle());
  }

  /** As Go writes it: whole if it fits 64 bits, else with as many digits as tell 32 bits apart. */
  private static String text(Number number, ScalarNode key) {
    int bits = number instanceof BigInteger whole ? whole.bitLength() : Integer.MAX_VALUE;
    if (bits < Long.SIZE) {
      return number.toString();
    }
    if (bits == Long.SIZE && !key.getValue().startsWith("-")) {
      String problem =
          "a map has the key " + number + ", which is too large for one that is no text";
      throw new ConstructorException(null, null, problem + ": quote it", key.getStartMark()) {};
    }
    float value = number.floatValue();
    if (value == 0 || Float.isInfinite(value)) {
      String sign = key.getValue().startsWith("-") ? "-" : "";
      return sign + (value == 0 ? "0" : ".inf");
    }
    BigDecimal digits =
        IntStream.rangeClosed(1, MOST_DIGITS)
            .mapToObj(precision -> new BigDecimal(value).round(new MathContext(precision)))
            .filter(rounded -> rounded.floatValue() == value)
            .findFirst()
            .orElseThrow()
            .stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    return exponent >= -4 && exponent < 6
        ? digits.toPlainString()
        : new DecimalFormat("0.########E00", DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(digits)
            .replaceFirst("E(?=\\d)", "e+")
            .replace('E', 'e');
  }

  /** Half of a character can only be written as an escape. */
  @Override
  protected String constructScalar(ScalarNode node) {
    String text = node.getValue();
    text.codePoints()
        .filter(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        .findFirst()
        .ifPresent(
            half -> {
              String problem =
                  "\\u%04x is half of a surrogate pair, in whose place another character would be"
                      + " sent: write both halves, or the character itself";
              throw new Misread(problem.formatted(half), node.getStartMark());
            });
    return text;
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
    if (NOT_FINITE.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
      String problem = "JSON has no " + text + " to send to the API server";
      throw new ConstructorException(null, null, problem, node.getStartMark()) {};
    }
    boolean finite = Double.isFinite(Double.parseDouble(text));
    return finite ? new BigDecimal(text.replaceFirst("\\.(?=$|[eE])", "")) : text;
  }

  /** Something that kubectl reads, but as something else than is written. */
  static final class Misread extends ConstructorException {

    private Misread(String problem, Mark mark) {
      super(null, null, problem, mark);
    }
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
