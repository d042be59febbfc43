package com.mixpeek.operator.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An image as an OCI layout in a tarball, unpacked: its configuration and its files. */
final class OciImage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int EXECUTABLE = 0100;

  private final Path layout;
  private final Path root;
  private final JsonNode entry;
  private final JsonNode config;
  private final List<TarArchiveEntry> entries;

  private OciImage(
      Path layout, Path root, JsonNode entry, JsonNode config, List<TarArchiveEntry> entries) {
    this.layout = layout;
    this.root = root;
    this.entry = entry;
    this.config = config;
    this.entries = entries;
  }

  /**
   * Unpacks.
   *
   * @param folder gets the layout and the image's root file system
   */
  static OciImage unpack(Path tarball, Path folder) throws IOException {
    Path layout = folder.resolve("layout");
    Path root = folder.resolve("root");
    try (InputStream in = Files.newInputStream(tarball)) {
      untar(in, layout);
    }
    JsonNode entry = JSON.readTree(layout.resolve("index.json").toFile()).at("/manifests/0");
    JsonNode manifest = JSON.readTree(blob(layout, entry).toFile());
    List<TarArchiveEntry> entries = new ArrayList<>();
    for (JsonNode layer : manifest.get("layers")) {
      try (InputStream in = Files.newInputStream(blob(layout, layer))) {
        entries.addAll(untar(new GZIPInputStream(new BufferedInputStream(in)), root));
      }
    }
    JsonNode config = JSON.readTree(blob(layout, manifest.get("config")).toFile());
    return new OciImage(layout, root, entry, config, entries);
  }

  String digest() {
    return entry.get("digest").asText();
  }

  /** The name it was given, with its tag. */
  String name() {
    return entry.at("/annotations/org.opencontainers.image.ref.name").asText();
  }

  Path root() {
    return root;
  }

  /** The first manifest's configuration: who runs what with which settings. */
  JsonNode config() {
    return config.get("config");
  }

  String created() {
    return config.get("created").asText();
  }

  /** When each step was made. */
  List<String> history() {
    return config.get("history").findValuesAsText("created");
  }

  /** The files and folders of all layers, as they are packed. */
  List<TarArchiveEntry> entries() {
    return entries;
  }

  List<String> entrypoint() {
    List<String> words = new ArrayList<>();
    config().get("Entrypoint").forEach(word -> words.add(word.asText()));
    return words;
  }

  Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (JsonNode variable : config().get("Env")) {
      String[] sides = variable.asText().split("=", 2);
      variables.put(sides[0], sides[1]);
    }
    return variables;
  }

  /** Whether the layout is one that tools may read at all. */
  boolean saysItsVersion() throws IOException {
    return JSON.readTree(layout.resolve("oci-layout").toFile()).has("imageLayoutVersion");
  }

  private static Path blob(Path layout, JsonNode descriptor) {
    return layout.resolve("blobs").resolve(descriptor.get("digest").asText().replace(':', '/'));
  }

  private static List<TarArchiveEntry> untar(InputStream in, Path to) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
      entries.add(e);
      Path file = to.resolve(e.getName()).normalize();
      if (!file.startsWith(to)) {
        throw new IOException(e.getName() + " leads out of the image");
      }
      if (e.isDirectory()) {
        Files.createDirectories(file);
      } else {
        Files.createDirectories(file.getParent());
        Files.copy(tar, file);
        if ((e.getMode() & EXECUTABLE) != 0 && !file.toFile().setExecutable(true)) {
          throw new IOException(file + " cannot be made executable");
        }
      }
    }
    return entries;
  }
}
