package com.mixpeek.operator.controller;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.cluster.ResourceWriter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a person what became of a resource, in Kubernetes Events.
 *
 * <p>An event is named after the version of the resource that it was decided on, so that saying it
 * again after a crash is refused by the API server and it stands there once.
 */
public final class EventRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** In bytes of UTF-8, as the API server counts, though it says characters. */
  private static final int LONGEST_NOTE = 1024;

  private static final String CUT = "…";

  /** Of the 253 characters that a name may have, a UUID and a dot need 37. */
  private static final int LONGEST_NAME = 253 - 37;

  private final ResourceWriter writer;
  private final Clock clock;

  public EventRecorder(ResourceWriter writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Records one event. Nothing depends on it: where it is refused, that is logged and no more.
   *
   * @param warning whether it is of type Warning rather than Normal
   * @param action what the operator did or tried, in one word
   * @param reason why, in one word
   * @param note a sentence, cut at 1024 bytes of UTF-8
   */
  public void record(
      HasMetadata about, boolean warning, String action, String reason, String note) {
    try {
      writer.add(event(about, warning, action, reason, note));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warn(
            "The event {} on {} {}/{} could not be recorded: {}",
            reason,
            about.getKind(),
            about.getMetadata().getNamespace(),
            about.getMetadata().getName(),
            e.getMessage());
      }
    }
  }

  private Event event(
      HasMetadata about, boolean warning, String action, String reason, String note) {
    var metadata = about.getMetadata();
    String once = metadata.getUid() + "/" + metadata.getResourceVersion() + "/" + reason;
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withName(beginning(metadata.getName()) + UUID.nameUUIDFromBytes(once.getBytes(UTF_8)))
        .endMetadata()
        .withEventTime(new MicroTime(MICROS.format(clock.instant())))
        .withType(warning ? "Warning" : "Normal")
        .withAction(action)
        .withReason(reason)
        .withNote(cut(note))
        .withReportingController("mixpeek.com/" + Labels.OPERATOR)
        .withReportingInstance(Labels.OPERATOR)
        .withNewRegarding()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .endRegarding()
        .build();
  }

  private static String cut(String note) {
    if (note.getBytes(UTF_8).length <= LONGEST_NOTE) {
      return note;
    }
    CharBuffer rest = CharBuffer.wrap(note);
    ByteBuffer room = ByteBuffer.allocate(LONGEST_NOTE - CUT.getBytes(UTF_8).length);
    // It stops before a character that does not fit as a whole.
    UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE).encode(rest, room, true);
    return note.substring(0, rest.position()) + CUT;
  }

  /** The name, cut so that a UUID fits behind it, and a dot. */
  private static String beginning(String name) {
    String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    return cut.replaceAll("[-.]+$", "") + ".";
  }
}
