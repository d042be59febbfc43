package com.mixpeek.operator.cli.fork;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.References;
import com.mixpeek.operator.clone.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what a copy points at, and why at something else than a copy. */
final class Remarks {

  /** A field with IDs of what the API has beside Collections and Taxonomies. */
  private static final Pattern ID_FIELD =
      Pattern.compile("(?i)(bucket|retriever|cluster|alert|namespace)_?ids?$");

  private final Rewiring rewiring;
  private final Member member;
  private final ObjectNode spec;
  private final List<String> remarks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  Remarks(Rewiring rewiring, Member member, ObjectNode overrides) {
    this.rewiring = rewiring;
    this.member = member;
    this.spec = Overlay.spec(member.kind(), member.resource().getSpec(), overrides);
    List<Reference> references = References.all(spec);
    references.forEach(this::reference);
    Set<String> told = references.stream().map(Reference::field).collect(Collectors.toSet());
    Map<String, List<String>> ids = new LinkedHashMap<>();
    spec.properties()
        .forEach(field -> walk(field.getKey(), field.getKey(), field.getValue(), told, ids));
    ids.forEach(this::elsewhere);
    overrides.properties().stream()
        .filter(field -> holdsNull(field.getValue()))
        .forEach(
            field ->
                remarks.add(
                    "%s holds null, which kubectl apply leaves out without --server-side."
                        .formatted(field.getKey())));
    if (member.resource().getSpec().hasNonNull("inputSchema") && !spec.has("inputSchema")) {
      remarks.add("inputSchema is not copied, as source is overridden.");
    }
  }

  private static boolean holdsNull(JsonNode value) {
    return value.properties().stream().anyMatch(field -> field.getValue().isNull())
        || value.valueStream().anyMatch(Remarks::holdsNull);
  }

  List<String> remarks() {
    return remarks;
  }

  /** What should be rewired and cannot be. */
  List<String> problems() {
    return problems;
  }

  private void reference(Reference reference) {
    String field = reference.field();
    if (rewiring.isCopy(reference)) {
      remarks.add("%s points at the copy %s.".formatted(field, reference.name()));
    } else if (rewiring.copy(reference).isPresent()) {
      problems.add(
          ("%s still points at the original %s: not everything in that list has a name that is"
                  + " known here. Give the whole list with --set or --patch, or look in the cluster"
                  + " with --from-cluster.")
              .formatted(field, reference.target()));
    } else if (rewiring.members().find(reference).isPresent()) {
      remarks.add("%s points at %s, which is not forked.".formatted(field, reference.target()));
    } else {
      remarks.add(
          "%s points at %s: nothing is known here of that %s."
              .formatted(field, reference.target(), reference.isByName() ? "name" : "ID"));
    }
  }

  /** Finds the IDs of other things, and those of originals where nothing is known of the field. */
  private void walk(
      String path, String field, JsonNode value, Set<String> told, Map<String, List<String>> ids) {
    if (told.contains(path) || path.equals(member.kind().idField())) {
      return;
    }
    if (value.isTextual()) {
      original(path, value.textValue());
      if (ID_FIELD.matcher(field).find()) {
        String list = path.replaceFirst("\\[\\d+]$", "");
        ids.computeIfAbsent(list, l -> new ArrayList<>()).add(value.textValue());
      }
    }
    value
        .properties()
        .forEach(e -> walk(path + "." + e.getKey(), e.getKey(), e.getValue(), told, ids));
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      walk(path + "[" + i + "]", field, value.get(i), told, ids);
    }
  }

  private void original(String path, String text) {
    for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
      Reference byId = new Reference(kind.name(), path, null, text, false);
      if (rewiring.copy(byId).isPresent()) {
        String message = "%s holds the ID of the original %s: what is free-form is not rewired.";
        remarks.add(message.formatted(path, rewiring.members().find(byId).orElseThrow()));
      }
    }
  }

  private void elsewhere(String path, List<String> ids) {
    JsonNode original = member.resource().getSpec().at(Rewiring.pointer(path));
    if (!original.equals(spec.at(Rewiring.pointer(path)))) {
      return;
    }
    Matcher field = ID_FIELD.matcher(path);
    String of = field.find() ? field.group(1).toLowerCase(Locale.ROOT) : "";
    String what = (of.equals("alert") ? "an " : "a ") + of;
    remarks.add("%s stays %s: %s is not forked.".formatted(path, String.join(", ", ids), what));
  }
}
