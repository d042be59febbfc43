package com.mixpeek.operator.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.graphper.util.FontUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.InputSource;

class SvgWriterTest {

  @ParameterizedTest
  @ValueSource(strings = {"exported", "hostile", "circle", "namespaces", "waiting"})
  void theSvgSaysAllThatTheLineageSays(String scenario) throws Exception {
    Lineage lineage = GraphFixtures.of(GraphFixtures.FOLDER.resolve(scenario));
    String svg = SvgWriter.svg(lineage);
    Document document = parse(svg);

    List<String> texts =
        all(document, "text").stream()
            .map(Element::getTextContent)
            .map(SvgWriterTest::squeezed)
            .collect(Collectors.toCollection(ArrayList::new));
    for (Node node : lineage.nodes().values()) {
      for (String line : node.lines()) {
        assertThat(texts).as(node.title()).contains(squeezed(line));
      }
    }
    for (Edge edge : lineage.edges()) {
      edge.lines().forEach(line -> assertThat(texts).contains(squeezed(line)));
    }
    assertThat(all(document, "g").stream().filter(g -> g.getAttribute("id").matches("n\\d+")))
        .hasSameSizeAs(lineage.nodes().keySet());
    assertThat(all(document, "path").stream().filter(p -> p.getAttribute("id").startsWith("line")))
        .hasSameSizeAs(lineage.edges());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exported", "hostile", "circle", "namespaces", "waiting"})
  void theSvgLoadsNothingAndRunsNothing(String scenario) throws Exception {
    Document document =
        parse(SvgWriter.svg(GraphFixtures.of(GraphFixtures.FOLDER.resolve(scenario))));

    for (Element element : all(document, "*")) {
      assertThat(element.getLocalName())
          .isIn("svg", "g", "title", "style", "polygon", "path", "text", "ellipse");
      NamedNodeMap attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        String name = attributes.item(i).getNodeName();
        assertThat(name).doesNotStartWith("on").doesNotContain("href", "src", "style");
        if (!name.startsWith("xmlns")) {
          assertThat(attributes.item(i).getNodeValue()).doesNotContain("url(", "://", "javascript");
        }
      }
    }
    assertThat(all(document, "style").get(0).getTextContent()).doesNotContain("url(", "@import");
  }

  @Test
  void thePageLoadsNothingAndRunsNothing() throws Exception {
    String page = HtmlPage.write(GraphFixtures.of(GraphFixtures.FOLDER.resolve("hostile")));

    assertThat(page)
        .contains("default-src 'none'", "&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script", "<img", "<link", "@import", "url(")
        .doesNotContainPattern("<[^<>]* (src|href|on[a-z]+)=");
    assertThat(page.split("<svg ", -1)).hasSize(2);
    assertThat(page.split("</svg>", -1)).hasSize(2);
    parse(page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + "</svg>".length()));
  }

  /** In the picture they are cut. */
  @Test
  void thePageSaysWholeSentences() throws Exception {
    Lineage lineage = GraphFixtures.of(GraphFixtures.FOLDER.resolve("waiting"));
    String page = HtmlPage.write(lineage);

    assertThat(lineage.nodes().values().stream().map(Node::note).filter(n -> !n.isEmpty()))
        .hasSizeGreaterThan(5)
        .allSatisfy(note -> assertThat(page).contains(note));
  }

  @Test
  void whatIsDrawnIsInTheFrame() throws Exception {
    Element svg =
        parse(SvgWriter.svg(GraphFixtures.of(GraphFixtures.EXAMPLES))).getDocumentElement();
    String[] frame = svg.getAttribute("viewBox").split(" ");
    double left = Double.parseDouble(frame[0]);
    double top = Double.parseDouble(frame[1]);
    double right = left + Double.parseDouble(frame[2]);
    double bottom = top + Double.parseDouble(frame[3]);

    for (Element text : all(svg.getOwnerDocument(), "text")) {
      assertThat(Double.parseDouble(text.getAttribute("x"))).isBetween(left + 20, right - 20);
      assertThat(Double.parseDouble(text.getAttribute("y"))).isBetween(top + 10, bottom - 5);
    }
  }

  @Test
  void oneLineageIsOnePicture() throws Exception {
    assertThat(SvgWriter.svg(GraphFixtures.of(GraphFixtures.EXAMPLES)))
        .isEqualTo(SvgWriter.svg(GraphFixtures.of(GraphFixtures.EXAMPLES)));
  }

  /** The library would ask the machine for its fonts, of which a server may have none. */
  @Test
  void roomIsMeasuredWithoutFonts() {
    assertThat(FontUtils.DEFAULT_FONT).isEqualTo("monospace");
    assertThat(FontUtils.measure("abc\n漢字", "monospace", 10, 0).getWidth())
        .isEqualTo(4 * 10 * 0.602);
  }

  @Test
  void anEmptyLineageSaysSo() throws Exception {
    Document document = parse(SvgWriter.svg(GraphFixtures.of("---")));

    assertThat(all(document, "text"))
        .extracting(text -> squeezed(text.getTextContent()))
        .containsExactly("Nothing to show");
  }

  @Test
  void aChainOfAThousandIsDrawnAndMoreIsRefused() {
    assertThatCode(() -> SvgWriter.svg(GraphFixtures.of(GraphFixtures.chain(1000))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> SvgWriter.svg(GraphFixtures.of(GraphFixtures.chain(1100))))
        .isInstanceOf(SvgWriter.TooLarge.class)
        .hasMessageContaining("1,100 things with 1,099 arrows")
        .hasMessageContaining("-o text");
  }

  static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    return builder.parse(new InputSource(new StringReader(xml)));
  }

  private static List<Element> all(Document document, String name) {
    var found = document.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static String squeezed(String text) {
    return text.replace('\u00a0', ' ').replaceAll(" +", " ").strip();
  }
}
