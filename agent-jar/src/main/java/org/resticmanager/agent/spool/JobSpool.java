package org.resticmanager.agent.spool;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.agent.config.PrivateFile;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.HeldJob;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.MessageType;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * One job on disk: its command, and its events in the order in which they happened. Whoever writes
 * an event writes it here first; it is sent from here. Thread-safe.
 */
public final class JobSpool {

  static final String COMMAND = "command.json";
  static final String EVENTS = "events";
  private static final String CANCEL = "cancel";

  /** What a restic that was interrupted is said to end with, whatever this one did. */
  public static final int CANCELLED_EXIT_CODE = 130;

  private final Path folder;
  private final JobId id;
  private final long order;
  private final CommandRun command;
  private final WireCodec codec;
  private final Changes changes;
  private final FileChannel events;
  private long committed;
  private long lastSeq;
  private long confirmedSeq;
  private long droppedBytes;
  private final Map<String, Long> places = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private boolean started;
  private boolean cancelRequested;
  private JobStatus end;

  private JobSpool(
      Path folder, JobId id, long order, CommandRun command, WireCodec codec, Changes changes)
      throws IOException {
    this.folder = folder;
    this.id = id;
    this.order = order;
    this.command = command;
    this.codec = codec;
    this.changes = changes;
    this.events = PrivateFile.openForAppend(folder.resolve(EVENTS));
  }

  /** Stores a new job; when this returns, a crash does not lose it. */
  static JobSpool create(
      Path folder, JobId id, long order, CommandRun command, WireCodec codec, Changes changes)
      throws IOException {
    PrivateFile.createFolder(folder);
    try (JsonReader envelope = Json.createReader(new StringReader(codec.encode(command)))) {
      JsonObject stored =
          Json.createObjectBuilder()
              .add("order", order)
              .add("command", envelope.readObject())
              .build();
      PrivateFile.write(
          folder.resolve(COMMAND), stored.toString().getBytes(StandardCharsets.UTF_8));
    }
    return new JobSpool(folder, id, order, command, codec, changes);
  }

  /**
   * Finds a job again after a restart. What a crash cut off at the end of the events is forgotten.
   *
   * @return empty if the folder holds no command: it was being made, or deleted, when we died
   * @throws IOException if the command is there and cannot be read or understood
   */
  static Optional<JobSpool> recover(Path folder, JobId id, WireCodec codec, Changes changes)
      throws IOException {
    String text;
    try {
      text = Files.readString(folder.resolve(COMMAND), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject stored = reader.readObject();
      if (codec.decodeFromServer(stored.getJsonObject("command").toString())
              instanceof Decoded.Understood understood
          && understood.message() instanceof CommandRun command) {
        long order = stored.getJsonNumber("order").longValue();
        JobSpool spool = new JobSpool(folder, id, order, command, codec, changes);
        spool.recoverEvents();
        return Optional.of(spool);
      }
      throw new IOException("not a command.run of this version");
    } catch (JsonException | NullPointerException | ClassCastException e) {
      throw new IOException("damaged", e);
    }
  }

  private synchronized void recoverEvents() throws IOException {
    long size = events.size();
    SpoolReader reader = new SpoolReader(events, () -> size, 0);
    Optional<SpooledEvent> event = reader.next().flatMap(SpooledEvent::parse);
    while (event.isPresent() && follows(event.get())) {
      committed = reader.position();
      note(event.get());
      event = reader.next().flatMap(SpooledEvent::parse);
    }
    events.truncate(committed);
    cancelRequested = Files.exists(folder.resolve(CANCEL));
    readConfirmation();
    // lines that were sent and confirmed but lost with the machine's power keep their numbers
    lastSeq = Math.max(lastSeq, confirmedSeq);
  }

  private boolean follows(SpooledEvent event) {
    return end == null && (!event.logLine() || event.seq() > lastSeq);
  }

  private void note(SpooledEvent event) {
    if (!event.incomplete()) {
      told.add(event.type());
    }
    if (event.logLine()) {
      lastSeq = event.seq();
      Place.parse(event.note()).ifPresent(place -> places.put(place.source(), place.end()));
    } else if (event.start()) {
      started = true;
    } else if (event.end()) {
      end =
          codec.decodeFromAgent(event.frame()) instanceof Decoded.Understood understood
                  && understood.message() instanceof JobFinished finished
              ? finished.status()
              : JobStatus.FAILED;
    }
  }

  /** The job. */
  public JobId id() {
    return id;
  }

  /** What is to be done. */
  public CommandRun command() {
    return command;
  }

  /** Where restic's own output of this job lies. */
  public Path folder() {
    return folder;
  }

  /** Commands are carried out in the order in which they came. */
  long order() {
    return order;
  }

  /** Where the job stands on this machine. */
  public synchronized JobStatus status() {
    if (end != null) {
      return end;
    }
    return started ? JobStatus.RUNNING : JobStatus.QUEUED;
  }

  /** What {@code hello} says of this job. */
  public synchronized HeldJob held() {
    return new HeldJob(id.value(), status(), lastSeq);
  }

  /**
   * Appends an event other than a log line and makes it durable.
   *
   * @throws FrameTooLarge if no peer would take it; nothing was appended
   * @throws IOException if it cannot be written; nothing was appended
   */
  public synchronized void append(AgentMessage message) throws IOException {
    write(new SpooledEvent(MessageType.of(message).wireName(), 0, "", codec.encode(message)));
    events.force(false);
    changes.signal();
  }

  /**
   * Appends a part of a report, and makes it durable. Append a log line after it: when the server
   * confirms that line, it has the part too.
   *
   * @throws FrameTooLarge if no peer would take it; nothing was appended
   * @throws IOException if it cannot be written; nothing was appended
   */
  public synchronized void appendPart(SnapshotsReport part) throws IOException {
    write(
        new SpooledEvent(
            MessageType.of(part).wireName(),
            lastSeq + 1,
            part.part() < part.parts() ? SpooledEvent.PART : SpooledEvent.LAST_PART,
            codec.encode(part)));
    events.force(false);
    changes.signal();
  }

  /** Whether a message of this kind has been appended, all parts of it. */
  public synchronized boolean told(MessageType type) {
    return told.contains(type.wireName());
  }

  /**
   * The job begins now, unless somebody wanted it cancelled before.
   *
   * @return whether it has begun
   * @throws IOException if that cannot be written; it has not begun then
   */
  public synchronized boolean begin(Instant now) throws IOException {
    if (end != null || cancelRequested) {
      return false;
    }
    append(new JobStarted(id.value(), command.kind(), now));
    return true;
  }

  /**
   * Somebody wants the job to end. When this returns, a crash does not lose the wish; a job that
   * has not begun has its end. Repeating it is harmless, and so is asking for a job that has ended.
   *
   * @throws IOException if it cannot be written; asking again may help
   */
  public synchronized void cancel(Instant now) throws IOException {
    if (end != null) {
      return;
    }
    if (!cancelRequested) {
      PrivateFile.write(folder.resolve(CANCEL), new byte[0]);
      cancelRequested = true;
    }
    if (!started) {
      append(
          new JobFinished(
              id.value(),
              JobStatus.CANCELLED,
              CANCELLED_EXIT_CODE,
              now,
              null,
              "cancelled before it began"));
    }
  }

  /** Whether somebody wants the job to end. */
  public synchronized boolean cancelRequested() {
    return cancelRequested;
  }

  /**
   * Appends a line to the job's log, under the next number.
   *
   * @throws IOException if it cannot be written; nothing was appended and no number is used up
   */
  public void appendLine(LogStreamName stream, Instant at, String text) throws IOException {
    appendLine(stream, at, text, Optional.empty());
  }

  /**
   * As above, and remembers with the line where it comes from. If the log holds that place already,
   * because an earlier process came as far, nothing is appended.
   */
  public synchronized void appendLine(
      LogStreamName stream, Instant at, String text, Optional<Place> place) throws IOException {
    if (place.filter(this::holds).isPresent()) {
      return;
    }
    long seq = lastSeq + 1;
    String frame = codec.encode(new LogStream(id.value(), seq, at, stream, text));
    String note = place.map(Place::toString).orElse("");
    write(new SpooledEvent(SpooledEvent.LOG, seq, note, frame));
    changes.signal();
  }

  /** Whether the log holds everything from this source up to this place. */
  public synchronized boolean holds(Place place) {
    return place.end() <= places.getOrDefault(place.source(), -1L);
  }

  private void write(SpooledEvent event) throws IOException {
    if (end != null) {
      throw new IllegalStateException("job " + id + " has ended");
    }
    byte[] line = event.line();
    if (line.length > SpooledEvent.MAX_FRAME_BYTES) {
      throw new FrameTooLarge(event.type(), line.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(line);
    try {
      while (buffer.hasRemaining()) {
        events.write(buffer, committed + buffer.position());
      }
    } catch (IOException e) {
      events.truncate(committed);
      throw e;
    }
    committed += line.length;
    note(event);
  }

  /** Up to which number the server has the log's lines in its database. */
  public synchronized long confirmedSeq() {
    return confirmedSeq;
  }

  private synchronized long committed() {
    return committed;
  }

  /** What is to be sent over a new connection, from the first event that is not confirmed. */
  public synchronized Unsent unsent() {
    return new Unsent(new SpoolReader(events, this::committed, droppedBytes));
  }

  /** The server has all log lines up to this one in its database. */
  synchronized void confirmed(long seq) throws IOException {
    if (seq > confirmedSeq) {
      // never beyond what was numbered here: a wrong confirmation must not swallow later lines
      confirmedSeq = Math.min(seq, lastSeq);
      writeConfirmation();
    }
  }

  private synchronized void dropped(long upToBytes) throws IOException {
    droppedBytes = Math.max(droppedBytes, upToBytes);
    writeConfirmation();
  }

  /** Not forced to the disk: if it is lost, some events are sent again, and that is harmless. */
  private void writeConfirmation() throws IOException {
    Path file = folder.resolve("confirmed");
    Path next = folder.resolve("confirmed.new");
    PrivateFile.createEmpty(next);
    Files.writeString(next, confirmedSeq + " " + droppedBytes, StandardCharsets.US_ASCII);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void readConfirmation() throws IOException {
    try {
      String text = Files.readString(folder.resolve("confirmed"), StandardCharsets.US_ASCII);
      int space = text.indexOf(' ');
      confirmedSeq = Long.parseLong(text.substring(0, space));
      droppedBytes = Math.min(Long.parseLong(text.substring(space + 1)), committed);
    } catch (NoSuchFileException e) {
      return;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      confirmedSeq = 0;
      droppedBytes = 0;
    }
  }

  /** Forgets the job. The command goes first: without it the rest is no job any more. */
  synchronized void delete() throws IOException {
    events.close();
    Files.deleteIfExists(folder.resolve(COMMAND));
    deleteFolder(folder);
  }

  static void deleteFolder(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  /** The events that one connection still has to carry. For one thread. */
  public final class Unsent {

    private final SpoolReader reader;

    private Unsent(SpoolReader reader) {
      this.reader = reader;
    }

    /** The next event that is not confirmed; empty if there is none yet. */
    public Optional<SpooledEvent> next() throws IOException {
      while (true) {
        Optional<String> line = reader.next();
        if (line.isEmpty()) {
          return Optional.empty();
        }
        Optional<SpooledEvent> event = SpooledEvent.parse(line.get());
        if (event.isPresent() && !isConfirmed(event.get())) {
          return event;
        }
      }
    }

    /** Whether the job's beginning lies behind. */
    public boolean begun() {
      return reader.position() > 0;
    }

    /** Everything returned so far was sent to a server that confirms nothing. */
    public void drop() throws IOException {
      dropped(reader.position());
    }

    private boolean isConfirmed(SpooledEvent event) {
      synchronized (JobSpool.this) {
        return (event.logLine() || event.part()) && event.seq() <= confirmedSeq;
      }
    }
  }
}
