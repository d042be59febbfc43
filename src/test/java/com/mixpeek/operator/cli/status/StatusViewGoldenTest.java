package com.mixpeek.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.TaxonomyClone;
import com.mixpeek.operator.cli.terminal.StyledLine;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person sees of the clones in {@code clones.yaml}, beside it; {@code <…>} is a style. */
class StatusViewGoldenTest {

  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final Path FOLDER = Path.of("src/test/resources/status");

  @Test
  void everywhere() throws IOException {
    StatusView clones = clones(new Selection(null, List.of()));
    golden("all.txt", plain(clones.table(0, NOW)));
    golden("all-120.txt", styled(clones.table(120, NOW)));
    golden("all-60.txt", plain(clones.table(60, NOW)));
    golden("all.json", clones.json(NOW));
    assertThat(clones.needYou()).isTrue();
  }

  @Test
  void frames() throws IOException {
    StatusView clones = clones(new Selection(null, List.of()));
    String lost = "The connection to the cluster is lost (for 7s): trying again.";
    golden("frame-120x40.txt", styled(clones.dashboard(120, 40, NOW, "")));
    golden("frame-100x24.txt", plain(clones.dashboard(100, 24, NOW, lost)));
    golden("frame-80x12.txt", plain(clones.dashboard(80, 12, NOW, "")));
    golden("frame-30x8.txt", plain(clones.dashboard(30, 8, NOW, lost)));
  }

  @Test
  void framesOfMany() throws IOException {
    StatusView clones = clones(new Selection(null, List.of()));
    rows()
        .filter(r -> r.name().equals("waits") || r.name().equals("done"))
        .forEach(
            row ->
                IntStream.range(0, row.name().equals("done") ? 400 : 80)
                    .forEach(i -> clones.put(named(row, row.name() + "-" + i))));
    golden("many-100x24.txt", plain(clones.dashboard(100, 24, NOW, "")));
    rows()
        .filter(r -> r.name().equals("waits"))
        .forEach(
            row -> IntStream.range(3, 80).forEach(i -> clones.remove(named(row, "waits-" + i))));
    golden("most-100x40.txt", plain(clones.dashboard(100, 40, NOW, "")));
  }

  @Test
  void none() {
    assertThat(plain(new StatusView(new Selection("a", List.of())).table(80, NOW)))
        .isEqualTo("No clones in namespace a.\n");
    assertThat(plain(new StatusView(new Selection(null, List.of())).table(80, NOW)))
        .isEqualTo("No clones in any namespace.\n");
    assertThat(plain(new StatusView(new Selection("a", List.of())).dashboard(80, 20, NOW, "")))
        .startsWith("Clones in namespace a\n");
  }

  private static CloneRow named(CloneRow row, String name) {
    return new CloneRow(
        row.kind(),
        row.namespace(),
        name,
        row.source(),
        name,
        row.id(),
        row.health(),
        row.reason(),
        row.since(),
        row.message());
  }

  private static StatusView clones(Selection selection) throws IOException {
    StatusView clones = new StatusView(selection);
    rows().forEach(clones::put);
    return clones;
  }

  static Stream<CloneRow> rows() throws IOException {
    return Stream.of(Files.readString(FOLDER.resolve("clones.yaml")).split("(?m)^---$"))
        .map(text -> CloneRow.of(SERIALIZATION.unmarshal(text, type(text))));
  }

  private static Class<? extends CloneResource<?>> type(String text) {
    return text.contains("kind: TaxonomyClone") ? TaxonomyClone.class : CollectionClone.class;
  }

  private static String plain(List<StyledLine> lines) {
    return text(lines, (style, text) -> text);
  }

  private static String styled(List<StyledLine> lines) {
    return text(lines, (style, text) -> "<" + style + " " + text + ">");
  }

  private static String text(List<StyledLine> lines, BinaryOperator<String> styler) {
    return lines.stream().map(l -> l.render(styler) + "\n").collect(Collectors.joining());
  }

  /** Compares with the file, or writes it where {@code -Dgolden.write=true} asks for that. */
  private static void golden(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
