package com.mixpeek.operator.cli.graph;

/** One page with the picture of a lineage in it, which loads nothing and runs nothing. */
public final class HtmlPage {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ground:#fff;--text:#212121;--line:#ddd}
      @media(prefers-color-scheme:dark){:root{--ground:#1b1b1f;--text:#e8e8e8;--line:#444}}
      body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
      header,section{padding:12px 20px}h1{font-size:20px;margin:0}h2{font-size:16px;margin:8px 0}
      ul{margin:0;padding:0}.legend li{display:inline-block;margin:4px 18px 0 0}
      .legend i{display:inline-block;width:20px;height:12px;margin-right:6px;border:1.5px solid}
      .legend .dashed{border-style:dashed}.notes li{list-style:none;margin:6px 0}
      main{overflow:auto;max-height:85vh;border:solid var(--line);border-width:1px 0}
      svg{display:block;margin:auto}#fit:checked~main svg{width:100%;height:auto}
      #fit{margin:0 6px 12px 20px}
      """;

  private HtmlPage() {}

  /**
   * The page.
   *
   * @throws SvgWriter.TooLarge if there is too much for a picture
   */
  public static String write(Lineage lineage) throws SvgWriter.TooLarge {
    String svg = SvgWriter.svg(lineage);
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Lineage of collections and taxonomies</title>
        <style>
        %s%s</style>
        </head>
        <body>
        <header><h1>Lineage of collections and taxonomies</h1>
        <ul class="legend">%s</ul></header>
        <input type="checkbox" id="fit"><label for="fit">Fit to the window's width</label>
        <main>%s</main>
        %s</body>
        </html>
        """
        .formatted(STYLE, legendStyle(), legend(), svg.strip(), notes(lineage));
  }

  private static String legendStyle() {
    StringBuilder style = new StringBuilder();
    StringBuilder dark = new StringBuilder();
    for (NodeAppearance appearance : NodeAppearance.values()) {
      String rule = ".legend .%s{background:%s;border-color:%s}\n";
      style.append(rule.formatted(appearance.key(), appearance.fill, appearance.stroke));
      dark.append(rule.formatted(appearance.key(), appearance.darkFill, appearance.darkStroke));
    }
    return style + "@media(prefers-color-scheme:dark){\n" + dark + "}\n";
  }

  private static String legend() {
    StringBuilder legend = new StringBuilder();
    for (NodeAppearance look : NodeAppearance.values()) {
      String classes = look.key() + (look.dashed() ? " dashed" : "");
      legend.append("<li><i class=\"%s\"></i>%s</li>".formatted(classes, look.meaning));
    }
    return legend
        .append(
            "<li>⟶ is copied, with the fields that differ</li><li>⇢ is read by, or is the basis of</li>")
        .toString();
  }

  /** In the picture long sentences are cut. */
  private static String notes(Lineage lineage) {
    StringBuilder notes = new StringBuilder();
    for (Node node : lineage.nodes().values()) {
      if (!node.note().isEmpty()) {
        notes.append(
            "<li><b>%s</b>: %s. %s</li>\n"
                .formatted(escape(node.title()), escape(node.state()), escape(node.note())));
      }
    }
    return notes.isEmpty()
        ? ""
        : "<section><h2>What is in the way</h2>\n<ul class=\"notes\">\n"
            + notes
            + "</ul></section>\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
