package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The commands that know {@code --from-cluster}, with the files that they are given.
 *
 * @param folder where the files are written to
 */
record FromClusterCommands(Path folder) {

  /** Each command answers with one sentence and the exit code of what cannot be read. */
  void assertRefused(Path kubeconfig, String words) throws IOException {
    String clones = file(clone("", "{name: nowhere}")).toString();
    Stream.of(
            List.of("render", "-f", clones),
            List.of("validate", "-f", clones),
            List.of("diff", "-f", clones),
            List.of("diff"),
            List.of("fork", "nowhere", "--suffix=-v2", "-f", clones),
            List.of("fork", "nowhere", "--suffix=-v2"))
        .forEach(
            command -> {
              List<String> all =
                  Stream.concat(command.stream(), Stream.of("--from-cluster")).toList();
              CommandResult result = MixpeekCommand.run(kubeconfig, all.toArray(String[]::new));
              assertThat(result.err()).contains(words).endsWith(".%n".formatted()).hasLineCount(1);
              assertThat(result.err()).doesNotContain("Exception", "null", "\tat ");
              assertThat(result.out()).isEmpty();
              assertThat(result.exit()).isEqualTo(ExitCode.UNREADABLE);
            });
  }

  static String clone(String namespace, String reference) {
    return """
        apiVersion: mixpeek.com/v1alpha1
        kind: CollectionClone
        metadata: {name: copy%s}
        spec: {sourceRef: %s, overrides: {collectionName: copy_name}}
        """
        .formatted(namespace, reference);
  }

  Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "file", ".yaml"), text);
  }
}
