package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason.CloseCodes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.host.SignsOfLife;
import org.resticmanager.platform.Refusal;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.LogLines;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.WireCodec;
import org.resticmanager.protocol.wire.WireError;

/** Works through the frames of one agent in order: decodes, gathers log lines, hands on. */
@ApplicationScoped
public class Inbound {

  private static final Logger LOG = Logger.getLogger(Inbound.class.getName());

  /** Lines of one agent that are stored together, but for those of the last frame among them. */
  private static final int LINES_AT_ONCE = 4000;

  @Inject WireCodec codec;
  @Inject MessageHandlers handlers;
  @Inject private LogStreamHandler logLines;
  @Inject private SignsOfLife signs;
  @Inject private Clock clock;

  /**
   * Takes what has arrived. If something of ours fails, the connection is closed: the agent still
   * has all that was not confirmed, and says it again on the next one.
   */
  void received(AgentLink link, List<String> frames) {
    try {
      work(link, frames);
    } catch (RuntimeException | Error e) { // what is behind it must not be confirmed
      LOG.log(Level.WARNING, "could not take what host " + link.hostId() + " sent", e);
      link.abandon(CloseCodes.UNEXPECTED_CONDITION, "try again");
    }
  }

  private void work(AgentLink link, List<String> frames) {
    // hello itself brings the host online, together with what it says of it
    if (link.agreed()) {
      signs.note(link.hostId(), clock.instant());
    }
    List<LogStream> lines = new ArrayList<>();
    for (String frame : frames) {
      if (link.abandoned()) {
        return;
      }
      Decoded decoded = codec.decodeFromAgent(frame);
      if (decoded instanceof Decoded.Understood understood) {
        List<LogStream> more = link.agreed() ? lines(understood.message()) : List.of();
        if (!follow(lines, more)) {
          flush(link, lines);
        }
        lines.addAll(more);
        if (more.isEmpty()) {
          handle(link, (AgentMessage) understood.message(), understood.id());
        } else {
          link.worked(more.size() - 1);
        }
      } else {
        flush(link, lines);
        fault(link, decoded);
      }
    }
    flush(link, lines);
  }

  /** The lines that it brings; none if it is something else. */
  private static List<LogStream> lines(Message message) {
    if (message instanceof LogStream line) {
      return List.of(line);
    }
    return message instanceof LogLines several ? several.oneByOne() : List.of();
  }

  /** Whether they may be stored together. */
  private static boolean follow(List<LogStream> lines, List<LogStream> more) {
    return !lines.isEmpty()
        && !more.isEmpty()
        && lines.size() < LINES_AT_ONCE
        && lines.get(0).jobId().equals(more.get(0).jobId());
  }

  private void flush(AgentLink link, List<LogStream> lines) {
    if (!lines.isEmpty()) {
      guarded(link, () -> logLines.handleAll(link, List.copyOf(lines)));
      lines.clear();
    }
  }

  private void handle(AgentLink link, AgentMessage message, Optional<String> id) {
    if (!link.agreed() && !(message instanceof Hello)) {
      link.send(new WireError("hello_expected", "The first message must be hello.", null));
      link.abandon(CloseCodes.VIOLATED_POLICY, "hello expected");
      return;
    }
    guarded(link, () -> handlers.handle(link, message, id));
  }

  private static void guarded(AgentLink link, Runnable work) {
    try {
      work.run();
    } catch (Refusal refusal) {
      // codes are in kebab-case in REST, in snake_case on the wire
      link.send(new WireError(refusal.code().replace('-', '_'), refusal.getMessage(), null));
    }
  }

  private void fault(AgentLink link, Decoded decoded) {
    WireError error =
        decoded instanceof Decoded.UnknownType unknown
            ? new WireError(
                "unknown_type", "This control plane does not know '" + unknown.type() + "'.", null)
            : new WireError("malformed", ((Decoded.Malformed) decoded).reason(), null);
    FaultCount.Verdict verdict =
        link.faults().add(decoded instanceof Decoded.Malformed, clock.instant());
    if (verdict == FaultCount.Verdict.LOG) {
      LOG.log(
          Level.WARNING,
          "host {0} sent a frame that was dropped: {1}",
          new Object[] {link.hostId(), error.message()});
    }
    link.send(error);
    if (verdict == FaultCount.Verdict.CLOSE) {
      link.abandon(CloseCodes.VIOLATED_POLICY, "too many malformed frames");
    }
  }
}
