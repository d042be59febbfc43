package com.mixpeek.operator.cli.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
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
    yamlConstructors.put(Tag.BOOL, new Bool());
    yamlConstructors.put(Tag.INT, new Int());
    yamlConstructors.put(Tag.FLOAT, new Float());
    yamlConstructors.put(Tag.TIMESTAMP, new ConstructYamlStr());
    // A tag of somebody's own stands for nothing here: what it is put on is read without it.
    yamlMultiConstructors.put("!", new Untagged());
  }

  Object document(Node root) {
    return constructDocument(root);
  }

  private static String digits(Node node) {
    return ((ScalarNode) node).getValue().replace("_", "");
  }

  private static final class Bool extends AbstractConstruct {
    @Override
    public Object construct(Node node) {
      String text = ((ScalarNode) node).getValue().toLowerCase();
      return text.startsWith("y") || text.startsWith("t") || text.equals("on");
    }
  }

  private static final class Int extends AbstractConstruct {
    @Override
    public Object construct(Node node) {
      String text = digits(node);
      boolean negative = text.startsWith("-");
      String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
      int radix = 10;
      String number = unsigned;
      if (unsigned.startsWith("0b") || unsigned.startsWith("0x") || unsigned.startsWith("0o")) {
        radix = unsigned.charAt(1) == 'b' ? 2 : unsigned.charAt(1) == 'x' ? 16 : 8;
        number = unsigned.substring(2);
      } else if (unsigned.length() > 1 && unsigned.startsWith("0")) {
        radix = 8;
      }
      BigInteger value = new BigInteger(number, radix);
      return negative ? value.negate() : value;
    }
  }

  private static final class Float extends AbstractConstruct {
    @Override
    public Object construct(Node node) {
      String text = digits(node);
      if (text.toLowerCase().matches("[-+]?\\.(inf|nan)")) {
        throw new ConstructorException(
            null,
            null,
            "JSON has no " + text + " to send to the API server",
            node.getStartMark()) {};
      }
      boolean finite = Double.isFinite(Double.parseDouble(text));
      return finite ? new BigDecimal(text.replaceFirst("\\.(?=$|[eE])", "")) : text;
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
