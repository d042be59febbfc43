package com.mixpeek.operator.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page in Markdown.
 *
 * @param path below the project's folder
 * @param text what it says
 */
public record Document(Path path, String text) {

  private static final Path PROJECT = Path.of("");
  private static final Set<String> NOT_OURS = Set.of("target", ".git");
  private static final Pattern BLOCK =
      Pattern.compile("^(`{3,})(\\w*)\n(.*?)^\\1$", Pattern.MULTILINE | Pattern.DOTALL);

  /**
   * A fenced block of a page.
   *
   * @param language what stands behind the opening fence
   * @param text what stands between the fences
   */
  public record Block(String language, String text) {}

  /** All pages of the project. */
  public static List<Document> all() {
    try (Stream<Path> files = Files.walk(PROJECT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !NOT_OURS.contains(file.getName(0).toString()))
          .sorted()
          .map(Document::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page at a path below the project's folder. */
  public static Document read(Path path) {
    try {
      return new Document(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its fenced blocks of a language. */
  public Stream<Block> blocks(String language) {
    return BLOCK
        .matcher(text)
        .results()
        .map(found -> new Block(found.group(2), found.group(3)))
        .filter(block -> block.language().equals(language));
  }

  /** The page without its fenced blocks. */
  String prose() {
    return BLOCK.matcher(text).replaceAll("");
  }

  /** What matches in the page, blocks included. */
  Stream<MatchResult> find(Pattern pattern) {
    return pattern.matcher(text).results();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
