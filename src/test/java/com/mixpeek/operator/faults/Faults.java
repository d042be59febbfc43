package com.mixpeek.operator.faults;

import com.mixpeek.operator.telemetry.ApiRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The switches of a {@link FaultProxy}: which fault happens to what, and how often. */
public final class Faults {

  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /**
   * What passes: a request, or an event of a watch.
   *
   * @param event the event's JSON, null for a request
   */
  public record Passing(ApiRequest request, String path, String body, String event) {

    /** Whether a resource of such a plural is concerned by that verb. */
    public boolean is(String verb, String resource) {
      return request.verb().equals(verb) && request.resource().equals(resource);
    }

    /** Whether the text stands in path, body or event. */
    boolean names(String text) {
      return path.contains(text) || body.contains(text) || event != null && event.contains(text);
    }
  }

  private record Rule(Fault fault, Predicate<Passing> where, AtomicInteger left) {

    boolean takes(Passing passing) {
      return fault.ofEvents() == (passing.event() != null)
          && where.test(passing)
          && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  /**
   * Lets a fault happen.
   *
   * @param times how often at most
   */
  public void inject(Fault fault, int times, Predicate<Passing> where) {
    rules.add(new Rule(fault, where, new AtomicInteger(times)));
  }

  /** Ends every fault. */
  public void heal() {
    rules.clear();
  }

  /** The fault that happens to it, empty for none. */
  Optional<Fault> next(Passing passing) {
    return rules.stream().filter(rule -> rule.takes(passing)).map(Rule::fault).findFirst();
  }

  static Passing passing(String method, String uri, String body, String event) {
    return new Passing(ApiRequest.of(method, URI.create(uri)), uri, body, event);
  }
}
