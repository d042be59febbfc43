package com.mixpeek.operator.cli.diff;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.cli.manifest.Location;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.plan.Finding;
import java.util.List;

/**
 * Diffs for programs: {@code clones}, each with its {@code summary} and one of {@code changes},
 * {@code drift} or {@code problem}; and {@code findings} on manifests that are in no diff.
 */
public final class DiffJson {

  private DiffJson() {}

  public static String of(List<DiffEntry> entries, List<Finding> findings, int context) {
    ObjectNode all = new ObjectMapper().createObjectNode();
    ArrayNode clones = all.putArray("clones");
    entries.forEach(entry -> entry(entry, context, clones.addObject()));
    ArrayNode others = all.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode json = place(finding.manifest(), finding.field(), others.addObject());
      json.put("field", finding.field()).put("message", finding.text());
    }
    return all.toPrettyString();
  }

  private static void entry(DiffEntry entry, int context, ObjectNode json) {
    place(entry.cloneResource().manifest(), "", json).put("summary", entry.summary());
    if (entry instanceof DiffEntry.Comparison comparison) {
      json.put("source", comparison.source()).put("target", comparison.target());
    }
    if (entry instanceof DiffEntry.WouldCreate would) {
      json.putPOJO("changes", would.changes());
      json.put("diff", String.join("\n", would.lines(context)));
    } else if (entry instanceof DiffEntry.Created created) {
      json.put("id", created.id()).put("gone", created.gone().orElse(null));
      ArrayNode drifts = json.putArray("drift");
      for (Drift drift : created.drifts()) {
        ObjectNode place = drifts.addObject().put("path", drift.change().path());
        place.set("source", drift.change().from());
        place.set("copy", drift.change().to());
        place.put("changed", drift.by().name());
      }
    } else if (entry instanceof DiffEntry.CreatesNothing nothing) {
      json.put("problem", nothing.finding().text()).put("field", nothing.finding().field());
    }
  }

  private static ObjectNode place(Manifest manifest, String field, ObjectNode json) {
    json.put("kind", manifest.kind());
    json.put("namespace", manifest.namespace()).put("name", manifest.name());
    Location at = manifest.location(field);
    return json.put("file", at.file()).put("line", at.line()).put("column", at.column());
  }
}
