package com.mixpeek.operator.cli.fork;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.Inspection;
import com.mixpeek.operator.cli.plan.ManifestSet;
import com.mixpeek.operator.cli.plan.Plans;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The clones of a lineage. */
public final class Fork {

  /**
   * A clone.
   *
   * @param manifest as it goes into Git
   * @param remarks sentences on what it copies and points at
   */
  public record ForkedClone(Manifest manifest, List<String> remarks) {}

  /**
   * What is asked for.
   *
   * @param named as a person names them
   * @param with null for nothing but what is named
   * @param patches overrides of single members, the later ones on top
   */
  public record Request(
      List<String> named,
      LineageSelection.With with,
      CopyNames names,
      List<OverridePatch> patches) {}

  private final Members members;
  private final CopyNames names;
  private final List<Member> selected;
  private final Map<Member, String> copies = new LinkedHashMap<>();
  private final List<ForkedClone> clones = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Forks what is named and what hangs together with it.
   *
   * @param cluster where else is looked
   * @throws ForkRefused if that cannot be
   */
  public Fork(Plans plans, Optional<Lister> cluster, String namespace, Request request) {
    this.members = Members.of(plans, cluster, namespace);
    this.names = request.names();
    List<Member> all = members.all();
    this.selected =
        new LineageSelection(members)
            .select(
                request.named().stream().map(name -> members.named(name, all)).toList(),
                request.with());
    selected.forEach(this::name);
    Map<Member, List<OverridePatch>> patches =
        request.patches().stream()
            .collect(Collectors.groupingBy(patch -> members.named(patch.name(), selected)));
    Rewiring rewiring = new Rewiring(members, copies);
    // A manifest without a namespace goes where it is applied to, and so does its copy.
    boolean namespaceGiven =
        plans.manifests().manifests().stream()
            .anyMatch(manifest -> manifest.namespace().equals(members.namespace()));
    for (Member member : selected) {
      clones.add(clone(rewiring, member, patches.getOrDefault(member, List.of()), namespaceGiven));
    }
  }

  public List<ForkedClone> clones() {
    return clones;
  }

  /** Sentences on what should point at a copy and does not. */
  public List<String> problems() {
    return problems;
  }

  /** What is wrong with the clones, beside the manifests that there are. */
  public List<Finding> findings(Plans plans) {
    Set<Manifest> forked =
        clones.stream()
            .map(ForkedClone::manifest)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Manifest> all = new ArrayList<>(plans.manifests().manifests());
    all.addAll(forked);
    Plans together =
        new Plans(
            new ManifestSet(all, members.namespace()),
            plans.of(CatalogKind.COLLECTION).elsewhere());
    return Inspection.of(together, Optional.empty()).stream()
        .filter(finding -> forked.contains(finding.manifest()))
        .toList();
  }

  private void name(Member member) {
    if (member.resource().isReported(Reason.ReferenceCycle)) {
      throw new ForkRefused(
          "%s gets no ID, and so no copy: %s"
              .formatted(member, member.resource().ready().map(Condition::getMessage).orElse("")));
    }
    String name = names.name(member);
    for (String kind : List.of(member.kind().name(), member.kind().cloneType().getSimpleName())) {
      if (members.isTaken(kind, name)) {
        throw new ForkRefused(
            "There is a %s %s in namespace %s already: give another --suffix for the copy of %s."
                .formatted(kind, name, members.namespace(), member));
      }
    }
    copies.put(member, name);
  }

  private ForkedClone clone(
      Rewiring rewiring, Member member, List<OverridePatch> patches, boolean namespaceGiven) {
    ObjectNode overrides = JsonNodeFactory.instance.objectNode();
    String nameField = member.kind().nameField();
    overrides.put(nameField, "");
    overrides.setAll(rewiring.overrides(member));
    patches.forEach(patch -> patch.apply(overrides, member.resource().getSpec()));
    if (overrides.path(nameField).asText().isEmpty()) {
      overrides.put(nameField, names.catalogName(member));
    }
    String catalogName = overrides.path(nameField).asText();
    if (members.isTaken(nameField, catalogName)) {
      throw new ForkRefused(
          "The %s %s is taken in namespace %s: give another --catalog-suffix, or --set %s:%s=…."
              .formatted(nameField, catalogName, members.namespace(), member.name(), nameField));
    }
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("apiVersion", member.resource().getApiVersion());
    manifest.put("kind", member.kind().cloneType().getSimpleName());
    ObjectNode metadata = manifest.putObject("metadata").put("name", copies.get(member));
    if (namespaceGiven) {
      metadata.put("namespace", members.namespace());
    }
    ObjectNode spec = manifest.putObject("spec");
    spec.putObject("sourceRef").put("name", member.name());
    spec.set("overrides", overrides);
    Manifest clone = Manifest.of("fork", manifest);
    Remarks remarks = new Remarks(rewiring, member, overrides);
    remarks.problems().forEach(problem -> problems.add(clone + ": " + problem));
    List<String> said = new ArrayList<>();
    said.add("A copy of %s (%s).".formatted(member, member.origin()));
    said.addAll(remarks.remarks());
    return new ForkedClone(clone, said);
  }
}
