package com.mixpeek.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Finds and reads manifests: files, standard input, and all {@code .yaml}, {@code .yml} and {@code
 * .json} files of a directory and those in it, but for hidden ones.
 *
 * @param stdin read for {@code -}
 * @param unreadable is told a sentence for each input that cannot be read
 */
public record ManifestFiles(InputStream stdin, Consumer<String> unreadable) {

  /** In bytes. The API server takes no object above some 1.5 MB; a file may hold many. */
  public static final int LARGEST_FILE = 32 << 20;

  /** Given in place of a file. */
  public static final String STDIN = "-";

  /**
   * Everything in these inputs that has a kind or version, whichever, Lists opened, in the order in
   * which it stands there. Files of one directory are read in the order of their names, and each
   * file once, however often and by whichever links it is given.
   */
  public List<Manifest> read(List<String> inputs) {
    List<Manifest> manifests = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    inputs.forEach(input -> read(input, true, seen, manifests));
    return manifests;
  }

  /**
   * What one file or standard input holds, whatever that is.
   *
   * @throws UnreadableInput if it cannot be read
   */
  public List<JsonNode> documents(String input) throws UnreadableInput {
    try {
      return values(input, text(input));
    } catch (IOException | InvalidPathException e) {
      throw new UnreadableInput(sentence(input, e));
    }
  }

  /**
   * What a text says as YAML.
   *
   * @param name of where it stands
   * @throws UnreadableInput if it is none that kubectl reads
   */
  public static List<JsonNode> values(String name, String text) throws UnreadableInput {
    return new YamlReader(name).read(text).stream().map(YamlReader.Document::content).toList();
  }

  /**
   * @param named whether a person named it, and so holds it for a manifest
   */
  private void read(String input, boolean named, Set<Path> seen, List<Manifest> manifests) {
    try {
      if (input.isEmpty()) {
        throw new UnreadableInput("An input without a name cannot be read: is a variable empty?");
      } else if (!input.equals(STDIN) && Files.isDirectory(Path.of(input))) {
        files(Path.of(input)).forEach(file -> read(file.toString(), false, seen, manifests));
      } else if (input.equals(STDIN) || seen.add(real(Path.of(input)))) {
        parse(input, text(input), named, manifests);
      }
    } catch (UnreadableInput e) {
      unreadable.accept(e.getMessage());
    } catch (IOException | InvalidPathException e) {
      unreadable.accept(sentence(input, e));
    }
  }

  private String text(String input) throws IOException, UnreadableInput {
    if (!input.equals(STDIN)) {
      try (InputStream in = Files.newInputStream(Path.of(input))) {
        return decode(input, bytes(in, input));
      }
    }
    String text = decode("Standard input", bytes(stdin, "Standard input"));
    if (text.isBlank()) {
      throw new UnreadableInput(
          "Standard input is empty or closed: pipe into it what is to be read, or name a file.");
    }
    return text;
  }

  /** What is no file, as a pipe of the shell, has no other path. */
  private static Path real(Path path) throws IOException {
    return Files.isRegularFile(path) ? path.toRealPath() : path;
  }

  private List<Path> files(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        directory,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return hidden(path) && !path.equals(directory)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                && !hidden(path)
                && path.getFileName().toString().matches("(?i).+\\.(ya?ml|json)")) {
              files.add(path);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            if (!(e instanceof FileSystemLoopException) && !hidden(path)) {
              unreadable.accept(sentence(path.toString(), e));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  private static boolean hidden(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(".") && !name.equals(".") && !name.equals("..");
  }

  private static byte[] bytes(InputStream in, String name) throws IOException, UnreadableInput {
    byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
    if (bytes.length > LARGEST_FILE) {
      throw new UnreadableInput(
          "%s is larger than the %d MiB that are read of one file: split it."
              .formatted(name, LARGEST_FILE >> 20));
    }
    return bytes;
  }

  private static String decode(String name, byte[] bytes) throws UnreadableInput {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new UnreadableInput(
            "%s is no text: its byte %d is zero. Manifests are YAML or JSON in UTF-8."
                .formatted(name, i + 1));
      }
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UnreadableInput(
          "%s is not UTF-8, in which manifests are written: convert it.".formatted(name));
    }
  }

  private static void parse(String file, String text, boolean named, List<Manifest> manifests)
      throws UnreadableInput {
    List<YamlReader.Document> documents = new YamlReader(file).read(text);
    if (named
        && !documents.isEmpty()
        && documents.stream().noneMatch(d -> d.content().isObject())) {
      String what =
          documents.get(0).content().isArray()
              ? "a list, which kubectl does not read: put its items into a List, or --- between them"
              : "no manifest, which has fields as in kind: Collection, with a blank behind the colon:"
                  + " correct it, or give another file";
      int line = documents.get(0).root().getStartMark().getLine() + 1;
      throw new UnreadableInput("%s:%d: this is %s.".formatted(file, line, what));
    }
    for (YamlReader.Document document : documents) {
      collect(file, document.content(), document.root(), "", manifests);
    }
  }

  /**
   * What has neither kind nor version is no manifest, but somebody's values or settings, and is
   * passed over.
   */
  private static void collect(
      String file, JsonNode content, Node root, String path, List<Manifest> manifests) {
    if (!(content instanceof ObjectNode object)
        || !object.path("kind").isTextual() && !object.path("apiVersion").isTextual()) {
      return;
    }
    boolean list = object.path("kind").asText().endsWith("List");
    if (list && object.path("items").isArray()) {
      for (int i = 0; i < object.path("items").size(); i++) {
        String at = (path.isEmpty() ? "" : path + ".") + "items[" + i + "]";
        collect(file, typed(object.path("items").get(i), object), root, at, manifests);
      }
    } else {
      manifests.add(new Manifest(file, object, root, path));
    }
  }

  /** An item that says neither its kind nor its version has those of its list, as for kubectl. */
  private static JsonNode typed(JsonNode item, ObjectNode list) {
    String kind = list.path("kind").asText().replaceFirst("List$", "");
    boolean says = item.hasNonNull("kind") || item.hasNonNull("apiVersion");
    if (!(item instanceof ObjectNode object) || says || kind.isEmpty()) {
      return item;
    }
    ObjectNode typed = JsonNodeFactory.instance.objectNode().setAll(object);
    typed.set("apiVersion", list.get("apiVersion"));
    return typed.put("kind", kind);
  }

  private static String sentence(String name, Exception e) {
    String why =
        e instanceof NoSuchFileException
            ? "does not exist: give a file, a directory, or - for standard input."
            : e instanceof AccessDeniedException
                ? "may not be read by this user: check its rights."
                : "cannot be read: " + e.getMessage();
    return name + " " + why;
  }
}
