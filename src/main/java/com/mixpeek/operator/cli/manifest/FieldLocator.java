package com.mixpeek.operator.cli.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Finds where a field stands, named as the API server names it: {@code spec.nodes[0].label}. */
final class FieldLocator {

  private FieldLocator() {}

  /**
   * The place of the field's key, or of the deepest part of the path that is there: a field that is
   * missing is to be added to that.
   */
  static Mark find(Node root, String path) {
    Node at = root;
    Mark mark = root.getStartMark();
    String rest = path;
    while (!rest.isEmpty()) {
      Optional<Step> step =
          rest.startsWith("[") ? item(at, rest) : field(at, rest.replaceFirst("^\\.", ""));
      if (step.isEmpty()) {
        return mark;
      }
      at = step.get().value();
      mark = step.get().mark();
      rest = step.get().rest();
    }
    return mark;
  }

  /** Where a key stands that is a map, a list or nothing. */
  static Optional<Mark> keyThatIsNoText(Node root) {
    return keyThatIsNoText(root, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static Optional<Mark> keyThatIsNoText(Node node, Set<Node> seen) {
    if (!seen.add(node)) {
      return Optional.empty();
    }
    List<Node> inner = new ArrayList<>();
    if (node instanceof SequenceNode list) {
      inner.addAll(list.getValue());
    } else if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        boolean text = tuple.getKeyNode() instanceof ScalarNode key && key.getTag() != Tag.NULL;
        if (!text) {
          return Optional.of(tuple.getKeyNode().getStartMark());
        }
        inner.add(tuple.getValueNode());
      }
    }
    return inner.stream().map(n -> keyThatIsNoText(n, seen)).flatMap(Optional::stream).findFirst();
  }

  private record Step(Node value, Mark mark, String rest) {}

  private static Optional<Step> item(Node at, String path) {
    int end = path.indexOf(']');
    if (!(at instanceof SequenceNode list) || end < 2) {
      return Optional.empty();
    }
    String index = path.substring(1, end);
    if (!index.chars().allMatch(Character::isDigit)
        || Integer.parseInt(index) >= list.getValue().size()) {
      return Optional.empty();
    }
    Node item = list.getValue().get(Integer.parseInt(index));
    return Optional.of(new Step(item, item.getStartMark(), path.substring(end + 1)));
  }

  /** A key may hold dots and brackets itself: the longest that fits is meant. */
  private static Optional<Step> field(Node at, String path) {
    Step found = null;
    int longest = -1;
    if (at instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key
            && key.getValue().length() > longest
            && starts(path, key.getValue())) {
          longest = key.getValue().length();
          found = new Step(tuple.getValueNode(), key.getStartMark(), path.substring(longest));
        }
      }
    }
    return Optional.ofNullable(found);
  }

  private static boolean starts(String path, String key) {
    return path.startsWith(key)
        && (path.length() == key.length() || ".[".indexOf(path.charAt(key.length())) >= 0);
  }
}
