package com.mixpeek.operator.cli.fork;

import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.References;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who comes before whom: what a member reads, is built on or applies is upstream of it. */
public final class LineageSelection {

  /** What is taken beside those that are named. */
  public enum With {
    /** All that they read, are built on or apply, and so on. */
    upstream,
    /** All that reads them, is built on them, applies them or is written by them, and so on. */
    downstream,
    /** All that hangs together with them, one way or the other. */
    all
  }

  private final Map<Member, Set<Member>> upstream = new HashMap<>();
  private final Map<Member, Set<Member>> downstream = new HashMap<>();

  LineageSelection(Members members) {
    for (Member member : members.all()) {
      for (Reference reference : References.all(member.resource().getSpec())) {
        members.find(reference).ifPresent(other -> link(reference, member, other));
      }
    }
  }

  private void link(Reference reference, Member member, Member other) {
    // What it writes to comes after it, though it is the one that refers.
    Member before = reference.isWritten() ? member : other;
    Member after = reference.isWritten() ? other : member;
    upstream.computeIfAbsent(after, m -> new LinkedHashSet<>()).add(before);
    downstream.computeIfAbsent(before, m -> new LinkedHashSet<>()).add(after);
  }

  /**
   * Those that are named and what hangs together with them, each behind what is upstream of it.
   *
   * @param with null for nothing more than they themselves
   */
  List<Member> select(List<Member> named, With with) {
    Set<Member> selected = new LinkedHashSet<>(named);
    Deque<Member> unseen = new ArrayDeque<>(selected);
    while (!unseen.isEmpty()) {
      Member at = unseen.remove();
      List<Member> next = new ArrayList<>();
      if (with == With.upstream || with == With.all) {
        next.addAll(upstream.getOrDefault(at, Set.of()));
      }
      if (with == With.downstream || with == With.all) {
        next.addAll(downstream.getOrDefault(at, Set.of()));
      }
      next.stream().filter(selected::add).forEach(unseen::add);
    }
    Set<Member> ordered = new LinkedHashSet<>();
    Set<Member> begun = new HashSet<>();
    selected.stream().filter(begun::add).forEach(member -> order(member, selected, ordered, begun));
    return List.copyOf(ordered);
  }

  /** Without recursion: a lineage may be longer than a stack. */
  private void order(Member start, Set<Member> selected, Set<Member> ordered, Set<Member> begun) {
    Deque<Member> path = new ArrayDeque<>(List.of(start));
    Deque<Iterator<Member>> ahead = new ArrayDeque<>(List.of(before(start)));
    while (!path.isEmpty()) {
      if (!ahead.peek().hasNext()) {
        ordered.add(path.pop());
        ahead.pop();
        continue;
      }
      Member next = ahead.peek().next();
      if (selected.contains(next) && begun.add(next)) {
        path.push(next);
        ahead.push(before(next));
      }
    }
  }

  private Iterator<Member> before(Member member) {
    return upstream.getOrDefault(member, Set.of()).iterator();
  }
}
