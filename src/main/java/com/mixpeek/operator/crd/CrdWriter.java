package com.mixpeek.operator.crd;

import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyClone;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the four CRDs, one file a kind, or checks that the files are what would be written.
 *
 * <p>Arguments: the folder, and {@code write} or {@code check}.
 */
public final class CrdWriter {

  private static final String HEADER =
      "# Written from the classes in com.mixpeek.operator.api: change those, then run `make crds`.\n";

  private CrdWriter() {}

  public static void main(String[] args) throws IOException {
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
  static Map<String, String> generate() {
    Map<String, String> crds = new TreeMap<>();
    new CRDGenerator()
        .customResourceClasses(
            List.<Class<? extends HasMetadata>>of(
                Collection.class, Taxonomy.class, CollectionClone.class, TaxonomyClone.class))
        .forCRDVersions("v1")
        .withParallelGenerationEnabled(false)
        .withPostProcessor(
            new CRDPostProcessor() {
              @Override
              public HasMetadata process(HasMetadata crd, String version) {
                return CrdPostProcessor.finish((CustomResourceDefinition) crd);
              }
            })
        .withOutput(new Memory(crds))
        .generate();
    return crds;
  }

  /** Takes what the generator writes and keeps it by the CRD's name. */
  private static final class Memory extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {

    private final Map<String, String> crds;

    private Memory(Map<String, String> crds) {
      this.crds = crds;
    }

    @Override
    protected ByteArrayOutputStream createStreamFor(String name) {
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          String yaml = toString(StandardCharsets.UTF_8);
          int start = yaml.indexOf("apiVersion:");
          crds.put(name.replaceAll("-v1$", ""), HEADER + yaml.substring(start));
        }
      };
    }

    @Override
    public URI crdURI(String name) {
      return URI.create("file:///" + name);
    }

    @Override
    public void close() {
      try {
        super.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
