package com.mixpeek.operator.cli.graph;

import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graphper.api.Graphviz;
import org.graphper.api.Html;
import org.graphper.api.Html.LabelTag;
import org.graphper.api.Line;
import org.graphper.api.attributes.Color;
import org.graphper.api.attributes.FontStyle;
import org.graphper.api.attributes.Layout;
import org.graphper.api.attributes.LineStyle;
import org.graphper.api.attributes.NodeShapeEnum;
import org.graphper.api.attributes.NodeStyle;
import org.graphper.api.attributes.Rankdir;
import org.graphper.def.FlatPoint;
import org.graphper.draw.ExecuteException;
import org.graphper.layout.FontSelector;
import org.graphper.layout.MeasureText;

/** Has a lineage laid out and drawn as SVG. */
public final class SvgWriter {

  /** Beyond this nobody finds anything in it, and it takes longer than anyone waits. */
  static final int MOST_THINGS = 1000;

  private static final String FONT = "monospace";
  private static final int LABEL_SIZE = 10;

  /** Around what is drawn. */
  private static final int ROOM = 16;

  private static final Pattern SHAPE = Pattern.compile(" (?:points|d)=\"[^\"]*\"");
  private static final String NUMBER = "(-?[0-9.]+(?:E-?[0-9]+)?)";
  private static final Pattern POINT = Pattern.compile(NUMBER + "," + NUMBER);
  private static final Pattern LABEL =
      Pattern.compile("<text id=\"line[^\"]*\" x=\"" + NUMBER + "\" y=\"" + NUMBER);
  private static final Color ARROW = Color.ofRGB("#616161");

  private SvgWriter() {}

  /**
   * One SVG document that refers to nothing outside of it.
   *
   * @throws TooLarge if there is too much for a picture
   */
  public static String svg(Lineage lineage) throws TooLarge {
    if (lineage.nodes().size() + lineage.edges().size() > 2 * MOST_THINGS) {
      throw new TooLarge(
          "%,d things with %,d arrows between them are too many for one picture: give fewer manifests"
                  .formatted(lineage.nodes().size(), lineage.edges().size())
              + " or one namespace, or use -o text, mermaid or dot.");
    }
    try {
      return finish(graph(lineage).toSvgStr());
    } catch (ExecuteException | RuntimeException | StackOverflowError | LinkageError e) {
      throw new TooLarge(
          "This cannot be laid out as a picture: use -o text, mermaid or dot, and report it.");
    }
  }

  private static Graphviz graph(Lineage lineage) {
    Graphviz.GraphvizBuilder graph =
        Graphviz.digraph()
            .rankdir(Rankdir.LR)
            .layout(Layout.DOTQ)
            .bgColor(Color.ofRGB("#ffffff"))
            .nodeSep(0.25)
            .rankSep(0.5);
    if (lineage.isEmpty()) {
      // An empty graph is more than the library can draw.
      graph.addNode(org.graphper.api.Node.builder().label("Nothing to show").build());
    }
    Map<String, org.graphper.api.Node> nodes = new HashMap<>();
    for (Node node : lineage.nodes().values()) {
      org.graphper.api.Node drawn = node(node);
      nodes.put(node.key(), drawn);
      graph.addNode(drawn);
    }
    for (Edge edge : lineage.edges()) {
      Line.LineBuilder line =
          Line.builder(nodes.get(edge.from()), nodes.get(edge.to())).color(ARROW).fontName(FONT);
      if (edge.type() != Edge.Type.CLONE) {
        line.style(LineStyle.DASHED);
      }
      List<String> lines = edge.lines();
      if (!lines.isEmpty()) {
        line.label(String.join("\n", lines)).fontSize(LABEL_SIZE);
      }
      graph.addLine(line.build());
    }
    return graph.build();
  }

  private static org.graphper.api.Node node(Node node) {
    NodeAppearance appearance = NodeAppearance.of(node);
    Iterator<String> lines = node.lines().iterator();
    LabelTag label = Html.bold(lines.next());
    while (lines.hasNext()) {
      label.br().text(lines.next());
    }
    boolean rounded = node.role() == Node.Role.COPY;
    NodeStyle line = appearance.dashed() ? NodeStyle.DASHED : NodeStyle.SOLID;
    return org.graphper.api.Node.builder()
        .id(node.key())
        .labelTag(Html.left(label))
        .shape(shape(node))
        .style(rounded ? new NodeStyle[] {line, NodeStyle.ROUNDED} : new NodeStyle[] {line})
        .fontName(FONT)
        .fontSize(12)
        .margin(0.15, 0.12)
        .penWidth(appearance == NodeAppearance.REFUSED ? 2 : 1)
        .color(Color.ofRGB(appearance.stroke))
        .fillColor(Color.ofRGB(appearance.fill))
        .build();
  }

  private static NodeShapeEnum shape(Node node) {
    return switch (node.role()) {
      case SOURCE -> NodeShapeEnum.CYLINDER;
      case COPY, EXTERNAL -> NodeShapeEnum.RECT;
      case CLONE -> NodeShapeEnum.NOTE;
    };
  }

  /** Without the DOCTYPE, which makes readers of XML ask w3.org for a file; with dark colours. */
  private static String finish(String svg) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" %s>".formatted(frame(svg))
        + "<title>Lineage of collections and taxonomies</title><style>"
        + style()
        + "</style>"
        + svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1).replace("&#160;", " ")
        + "\n";
  }

  /** Just what is drawn on: the layout leaves much room around it. */
  private static String frame(String svg) {
    DoubleSummaryStatistics x = new DoubleSummaryStatistics();
    DoubleSummaryStatistics y = new DoubleSummaryStatistics();
    Matcher shapes = SHAPE.matcher(svg);
    // The first is the ground.
    for (boolean drawn = shapes.find() && shapes.find(); drawn; drawn = shapes.find()) {
      Matcher points = POINT.matcher(shapes.group());
      while (points.find()) {
        x.accept(Double.parseDouble(points.group(1)));
        y.accept(Double.parseDouble(points.group(2)));
      }
    }
    Matcher labels = LABEL.matcher(svg);
    while (labels.find()) {
      double middle = Double.parseDouble(labels.group(1));
      double bottom = Double.parseDouble(labels.group(2));
      x.accept(middle - Edge.WIDTH * LABEL_SIZE * FixedPitch.PITCH / 2);
      x.accept(middle + Edge.WIDTH * LABEL_SIZE * FixedPitch.PITCH / 2);
      y.accept(bottom - LABEL_SIZE);
    }
    double left = x.getMin() - ROOM;
    double top = y.getMin() - ROOM;
    double width = x.getMax() + ROOM - left;
    double height = y.getMax() + ROOM - top;
    return "width=\"%.0f\" height=\"%.0f\" viewBox=\"%.1f %.1f %.1f %.1f\""
        .formatted(width, height, left, top, width, height);
  }

  private static String style() {
    StringBuilder style =
        new StringBuilder(
            """
            g[id^="line"]>text{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
            @media(prefers-color-scheme:dark){
            #graph_0_polygon{fill:#1b1b1f}text{fill:#e8e8e8}
            g[id^="line"]>text{stroke:#1b1b1f}g[id^="line"] [stroke="#616161"]{stroke:#bdbdbd}
            g[id^="line"] [fill="#616161"]{fill:#bdbdbd}
            """);
    for (NodeAppearance appearance : NodeAppearance.values()) {
      style.append("[fill=\"%s\"]{fill:%s}".formatted(appearance.fill, appearance.darkFill));
      style.append(
          "[stroke=\"%s\"]{stroke:%s}\n".formatted(appearance.stroke, appearance.darkStroke));
    }
    return style.append("}\n").toString();
  }

  /** There is too much for a picture; the message says what to do. */
  public static final class TooLarge extends Exception {

    TooLarge(String sentence) {
      super(sentence);
    }
  }

  /**
   * Tells the layout how much room text takes, without asking for fonts: a machine that draws may
   * have none, and the one that shows has others. In the fixed-pitch fonts in use a letter is about
   * three fifths as wide as it is high, and so a picture is the same wherever it was drawn.
   *
   * <p>Found by the layout through {@code META-INF/services}.
   */
  public static final class FixedPitch implements MeasureText, FontSelector {

    private static final double PITCH = 0.602;
    private static final double LINE = 1.2;

    @Override
    public FlatPoint measure(String text, String font, double size, FontStyle... styles) {
      String[] lines = text.split("\n", -1);
      double widest = 0;
      for (String line : lines) {
        widest = Math.max(widest, TerminalText.width(line));
      }
      return new FlatPoint(lines.length * size * LINE, widest * size * PITCH);
    }

    @Override
    public String defaultFont() {
      return FONT;
    }

    /** Before those that come with the library. */
    @Override
    public int order() {
      return -1;
    }

    @Override
    public boolean envSupport() {
      return true;
    }
  }
}
