package org.resticmanager.agent.spool;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Message;

/**
 * One line of a job's spool: {@code type seq [@note] frame}.
 *
 * @param type the message's name on the wire
 * @param seq the log line's number; of what is not a log line, that of the last line before it
 * @param note what we want to remember with it, without blanks; never sent; empty for nothing
 * @param frame what goes over the wire, as it is
 */
public record SpooledEvent(String type, long seq, String note, String frame) {

  /** The largest frame that the protocol lets through. */
  public static final int MAX_FRAME_BYTES = 1024 * 1024;

  /** The note of a part of a report that is not the last one. */
  static final String PART = "part";

  /** The note of a report's last part. */
  static final String LAST_PART = "last-part";

  /** What the note of an event begins with that needs an extension; its name follows. */
  private static final String NEEDS = "needs-";

  static final String STARTED = "job.started";
  static final String FINISHED = "job.finished";
  static final String LOG = "log.stream";

  /** Whether this is the job's end, after which nothing comes. */
  public boolean end() {
    return type.equals(FINISHED);
  }

  boolean start() {
    return type.equals(STARTED);
  }

  /** Whether this is a line of the job's log. */
  public boolean logLine() {
    return type.equals(LOG);
  }

  /** Whether this is a part of a report. */
  private boolean part() {
    return !logLine() && (note.equals(PART) || note.equals(LAST_PART));
  }

  /** The note of a message that is no part of a report. */
  static String note(Message message) {
    // what needs two extensions is not spooled
    return message.requires().stream().map(NEEDS::concat).findFirst().orElse("");
  }

  /** The extension without which a server does not understand this; empty if each does. */
  public Optional<String> needs() {
    if (part()) {
      return Optional.of(Feature.PARTS);
    }
    return !logLine() && note.startsWith(NEEDS)
        ? Optional.of(note.substring(NEEDS.length()))
        : Optional.empty();
  }

  /** Whether the server has this when it has confirmed the lines up to this number. */
  boolean confirmedBy(long confirmedSeq) {
    // a line is appended behind each part: its confirmation stands for the part too
    return logLine() ? seq <= confirmedSeq : part() && seq < confirmedSeq;
  }

  /** Whether more of the same message is to come. */
  boolean incomplete() {
    return part() && note.equals(PART);
  }

  byte[] line() {
    String mark = note.isEmpty() ? "" : "@" + note + ' ';
    return (type + ' ' + seq + ' ' + mark + frame + '\n').getBytes(StandardCharsets.UTF_8);
  }

  static Optional<SpooledEvent> parse(String line) {
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    if (first < 1 || second < first + 2 || !line.endsWith("}")) {
      return Optional.empty();
    }
    String note = "";
    int frame = second + 1;
    if (line.startsWith("@", frame)) {
      int third = line.indexOf(' ', frame);
      if (third < 0) {
        return Optional.empty();
      }
      note = line.substring(frame + 1, third);
      frame = third + 1;
    }
    try {
      long seq = Long.parseLong(line.substring(first + 1, second));
      return Optional.of(
          new SpooledEvent(line.substring(0, first), seq, note, line.substring(frame)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
