package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The {@code x-kubernetes-validations} of a CRD, each compiled once, when it is first asked.
 *
 * <p>Known are standard CEL with its macros, those of two variables among them; a rule that needs
 * one of Kubernetes' own functions, or an option that is not judged here, is refused when the CRD
 * is read rather than passed over. The API server's cost budget is not counted.
 */
final class CelRules {

  private static final Set<String> JUDGED = Set.of("rule", "message", "fieldPath");

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(CelExtensions.comprehensions())
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .addLibraries(CelExtensions.comprehensions())
          .build();

  /** By schema node: each stands in one place of the CRD. */
  private final Map<JsonNode, List<Rule>> rules = new IdentityHashMap<>();

  private final Map<Rule, CelRuntime.Program> programs = new ConcurrentHashMap<>();

  CelRules(StructuralSchema root) {
    collect(root, "");
  }

  /** Every rule as the finding that it gives; {@code []} stands for any index. */
  List<Violation> all() {
    return rules.values().stream()
        .flatMap(List::stream)
        .map(rule -> rule.finding(rule.path(), ""))
        .toList();
  }

  /** Asks the rules of a place and of all below it. */
  List<Violation> check(FieldValue place) {
    List<Violation> findings = new ArrayList<>();
    check(place, findings);
    return findings;
  }

  private void check(FieldValue place, List<Violation> findings) {
    if (place.value().isNull()) {
      return;
    }
    for (Rule rule : rules.getOrDefault(place.schema().node(), List.of())) {
      boolean asked = rule.transition() ? place.old() != null : !place.unchanged();
      if (asked) {
        ask(rule, place, findings);
      }
    }
    place.children().forEach(child -> check(child, findings));
  }

  private void ask(Rule rule, FieldValue place, List<Violation> findings) {
    try {
      Object self = CelValues.of(place.schema(), place.value());
      Map<String, Object> variables =
          rule.transition()
              ? Map.of("self", self, "oldSelf", CelValues.of(place.schema(), place.old()))
              : Map.of("self", self);
      if (!Boolean.TRUE.equals(programs.computeIfAbsent(rule, Rule::compile).eval(variables))) {
        findings.add(rule.finding(place.path(), shown(place.value())));
      }
    } catch (CelEvaluationException e) {
      String why = "Invalid value: \"%s\": %s evaluating rule: %s";
      findings.add(
          new Violation(
              place.path(), why.formatted(place.schema().type(), reason(e), rule.message())));
    }
  }

  /**
   * What went wrong at the bottom of it, in the API server's words, and without the arguments of
   * the functions around it.
   */
  private static String reason(Throwable e) {
    return e.getCause() == null
        ? e.getMessage()
            .replaceFirst("^insert failed: key '(.*)' already", "insert failed: key $1 already")
        : reason(e.getCause());
  }

  /** Objects and lists are not repeated in the message. */
  private static String shown(JsonNode value) {
    return value.isContainerNode() ? "" : GoFormat.of(value) + ": ";
  }

  /** Compiles every rule, which is else done when it is first asked: to see that each compiles. */
  void compile() {
    rules.values().forEach(ofOne -> ofOne.forEach(Rule::compile));
  }

  private void collect(StructuralSchema schema, String path) {
    for (JsonNode rule : schema.node().path("x-kubernetes-validations")) {
      rules.computeIfAbsent(schema.node(), n -> new ArrayList<>()).add(rule(rule, path));
    }
    schema
        .properties()
        .forEach((name, child) -> collect(child, path.isEmpty() ? name : path + "." + name));
    schema.additional().ifPresent(child -> collect(child, path + "[]"));
    schema.items().ifPresent(child -> collect(child, path + "[]"));
  }

  private static Rule rule(JsonNode rule, String path) {
    String text = rule.path("rule").asText();
    for (Map.Entry<String, JsonNode> option : rule.properties()) {
      if (!JUDGED.contains(option.getKey())) {
        throw new IllegalArgumentException(
            "The rule at %s has %s, which is not judged: %s"
                .formatted(path, option.getKey(), text));
      }
    }
    String message = rule.path("message").asText("failed rule: " + text.strip()).strip();
    return new Rule(path, text, message, rule.path("fieldPath").asText(""));
  }

  /**
   * @param fieldPath what the finding names, below the rule's own place; empty for the place itself
   */
  private record Rule(String path, String text, String message, String fieldPath) {

    private static final Pattern OLD = Pattern.compile("\\boldSelf\\b");

    /** Whether it compares with the old value, and so is not asked on create. */
    boolean transition() {
      return OLD.matcher(text).find();
    }

    CelRuntime.Program compile() {
      try {
        return RUNTIME.createProgram(COMPILER.compile(text).getAst());
      } catch (CelValidationException | CelEvaluationException e) {
        throw new IllegalArgumentException(
            "The rule at " + path + " does not compile: " + text + ": " + e.getMessage(), e);
      }
    }

    Violation finding(String at, String shown) {
      String field = at + fieldPath;
      return new Violation(
          field.startsWith(".") ? field.substring(1) : field, "Invalid value: " + shown + message);
    }
  }
}
