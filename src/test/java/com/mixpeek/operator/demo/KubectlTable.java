package com.mixpeek.operator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.ParseContext;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What {@code kubectl get} prints of one kind: the columns are those that the CRD declares. */
final class KubectlTable {

  private static final ParseContext PATHS =
      JsonPath.using(
          Configuration.builder()
              .jsonProvider(new JacksonJsonNodeJsonProvider())
              .mappingProvider(new JacksonMappingProvider())
              .options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
              .build());

  private static final String GAP = "   ";

  private final CustomResourceDefinition crd;
  private final List<CustomResourceColumnDefinition> columns;

  KubectlTable(CustomResourceDefinition crd) {
    this.crd = crd;
    this.columns =
        crd.getSpec().getVersions().get(0).getAdditionalPrinterColumns().stream()
            .filter(column -> column.getPriority() == null || column.getPriority() == 0)
            .toList();
  }

  /** A line of headings, and one for each resource. */
  List<String> lines(List<JsonNode> resources, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    List<String> headings = new ArrayList<>(List.of("NAME"));
    columns.forEach(column -> headings.add(column.getName().toUpperCase(Locale.ROOT)));
    rows.add(headings);
    resources.forEach(resource -> rows.add(row(resource, now)));
    int[] widths =
        IntStream.range(0, headings.size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private List<String> row(JsonNode resource, Instant now) {
    List<String> cells = new ArrayList<>();
    cells.add(
        "%s.%s/%s"
            .formatted(
                crd.getSpec().getNames().getSingular(),
                crd.getSpec().getGroup(),
                resource.at("/metadata/name").asText()));
    columns.forEach(column -> cells.add(cell(column, resource, now)));
    return cells;
  }

  /** As in Kubernetes the first of what a path finds is shown, and nothing if it finds nothing. */
  private static String cell(
      CustomResourceColumnDefinition column, JsonNode resource, Instant now) {
    JsonNode found = PATHS.parse(resource).read("$" + column.getJsonPath());
    String text = found.path(0).asText("");
    if (!column.getType().equals("date")) {
      return text;
    }
    return text.isEmpty() ? "<unknown>" : age(Duration.between(Instant.parse(text), now));
  }

  /** An age as kubectl abbreviates it, without its second unit. */
  static String age(Duration age) {
    if (age.toSeconds() < 120) {
      return Math.max(0, age.toSeconds()) + "s";
    } else if (age.toMinutes() < 120) {
      return age.toMinutes() + "m";
    } else if (age.toHours() < 48) {
      return age.toHours() + "h";
    }
    return age.toDays() + "d";
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
