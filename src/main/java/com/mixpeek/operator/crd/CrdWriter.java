package com.mixpeek.operator.crd;

import com.mixpeek.operator.api.Kinds;
import com.mixpeek.operator.telemetry.OperatorLog;
import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.event.Level;

/**
 * Writes the CRDs, one file a kind, or checks that the files are what would be written.
 *
 * <p>Arguments: the folder, and {@code write} or {@code check}.
 */
public final class CrdWriter {

  private static final String HEADER =
      "# Written from the classes in com.mixpeek.operator.api: change those, then run `make crds`.\n";

  private CrdWriter() {}

  public static void main(String[] args) throws IOException {
    OperatorLog.configure(Level.WARN, "text");
    Path folder = Path.of(args[0]);
    boolean write = "write".equals(args[1]);
    List<String> stale = new ArrayList<>();
    for (Map.Entry<String, String> crd : generate().entrySet()) {
      Path file = folder.resolve(crd.getKey() + ".yaml");
      if (Files.exists(file) && Files.readString(file).equals(crd.getValue())) {
        continue;
      }
      if (write) {
        Files.createDirectories(folder);
        Files.writeString(file, crd.getValue());
      } else {
        stale.add("crds/" + file.getFileName());
      }
    }
    if (!stale.isEmpty()) {
      throw new IllegalStateException(
          String.join(", ", stale)
              + " is not what the classes in com.mixpeek.operator.api say: run `make crds` and"
              + " commit the result.");
    }
  }

  /** The CRDs' YAML by name ({@code collections.mixpeek.com} …). */
  private static Map<String, String> generate() {
    Map<String, ByteArrayOutputStream> generated = new TreeMap<>();
    new CRDGenerator()
        .customResourceClasses(Kinds.TYPES)
        .forCRDVersions("v1")
        .withParallelGenerationEnabled(false)
        .withPostProcessor(new CrdPostProcessor())
        .withOutput(
            new CRDGenerator.CRDOutput<>() {
              @Override
              public OutputStream outputFor(String name) {
                return generated.computeIfAbsent(name, n -> new ByteArrayOutputStream());
              }

              @Override
              public void close() {}
            })
        .generate();
    Map<String, String> crds = new TreeMap<>();
    generated.forEach(
        (name, bytes) -> {
          String yaml = bytes.toString(StandardCharsets.UTF_8);
          crds.put(
              name.replaceAll("-v1$", ""), HEADER + yaml.substring(yaml.indexOf("apiVersion:")));
        });
    return crds;
  }
}
