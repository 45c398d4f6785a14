package org.resticmanager.agent.spool;

import static org.resticmanager.protocol.json.FoundJson.JSON;

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
import java.util.stream.Collectors;
import org.resticmanager.agent.config.PrivateFile;
import org.resticmanager.agent.config.Words;
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
  private static final System.Logger LOG = System.getLogger(JobSpool.class.getName());
  private static final String CANCEL = "cancel";
  private static final String OURS = "restic-manager: ";

  /** More than the line that tells of lines that were not kept ever takes. */
  private static final int MARK_BYTES = 1024;

  /** What a restic that was interrupted is said to end with, whatever this one did. */
  public static final int CANCELLED_EXIT_CODE = 130;

  private final Path folder;
  private final JobId id;
  private final long order;
  private final CommandRun command;
  private final WireCodec codec;
  private final Changes changes;
  private final FileChannel events;
  private final SpoolRoom room;
  private final LogSegments lines;
  private long committed;
  private long lastSeq;
  private long confirmedSeq;
  private long droppedBytes;
  private final Map<String, Long> places = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /** Lines that were not kept, and where they stood in restic's output. */
  private final Map<String, Long> missingPlaces = new HashMap<>();

  private long missingLines;
  private String missingWhy = "";
  private boolean started;
  private boolean cancelRequested;
  private JobStatus end;

  private JobSpool(
      Path folder,
      JobId id,
      long order,
      CommandRun command,
      WireCodec codec,
      Changes changes,
      SpoolRoom room)
      throws IOException {
    this.folder = folder;
    this.room = room;
    this.lines = new LogSegments(folder, room);
    this.id = id;
    this.order = order;
    this.command = command;
    this.codec = codec;
    this.changes = changes;
    this.events = PrivateFile.openForAppend(folder.resolve(EVENTS));
  }

  /** Stores a new job; when this returns, a crash does not lose it. */
  static JobSpool create(
      Path folder,
      JobId id,
      long order,
      CommandRun command,
      WireCodec codec,
      Changes changes,
      SpoolRoom room)
      throws IOException {
    PrivateFile.createFolder(folder);
    String stored = "{\"order\":" + order + ",\"command\":" + codec.encode(command) + "}";
    PrivateFile.write(folder.resolve(COMMAND), stored.getBytes(StandardCharsets.UTF_8));
    return new JobSpool(folder, id, order, command, codec, changes, room);
  }

  /**
   * Finds a job again after a restart. What a crash cut off at the end of the events is forgotten.
   *
   * @return empty if the folder holds no command: it was being made, or deleted, when we died
   * @throws IOException if the command is there and cannot be read or understood
   */
  static Optional<JobSpool> recover(
      Path folder, JobId id, WireCodec codec, Changes changes, SpoolRoom room) throws IOException {
    String text;
    try {
      text = Files.readString(folder.resolve(COMMAND), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      JsonObject stored = reader.readObject();
      if (codec.decodeFromServer(stored.getJsonObject("command").toString())
              instanceof Decoded.Understood understood
          && understood.message() instanceof CommandRun command) {
        long order = stored.getJsonNumber("order").longValue();
        JobSpool spool = new JobSpool(folder, id, order, command, codec, changes, room);
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
    SpoolReader reader = new SpoolReader(events::read, () -> size, 0);
    Optional<SpooledEvent> event = reader.next().flatMap(SpooledEvent::parse);
    long lastKnown = 0;
    while (event.isPresent() && follows(event.get(), lastKnown)) {
      committed = reader.position();
      lastKnown = event.get().seq();
      note(event.get());
      event = reader.next().flatMap(SpooledEvent::parse);
    }
    if (committed < size) {
      LOG.log(
          System.Logger.Level.WARNING,
          "job {0}: its events were damaged, by a power cut or a full disk: the last {1} bytes are"
              + " given up",
          id,
          Long.toString(size - committed));
      events.truncate(committed);
    }
    cancelRequested = Files.exists(folder.resolve(CANCEL));
    readConfirmation();
    long lastLine =
        lines.recover(
            lastKnown,
            confirmedSeq,
            this::note,
            place -> places.put(place.source(), place.end()),
            this::substitute);
    // a file of lines is deleted only when they are confirmed
    confirmedSeq = Math.max(confirmedSeq, lines.goneBefore());
    // lines that were sent and confirmed but lost keep their numbers
    lastSeq = Math.max(Math.max(lastLine, lastKnown), confirmedSeq);
  }

  private boolean follows(SpooledEvent event, long lastKnown) {
    return end == null && !event.logLine() && event.seq() >= lastKnown;
  }

  private SpooledEvent substitute(long seq) {
    LogStream line =
        new LogStream(
            id.value(),
            seq,
            Instant.now(),
            LogStreamName.STDERR,
            OURS + "this line was lost: the spool was damaged");
    return new SpooledEvent(SpooledEvent.LOG, seq, "", codec.encode(line));
  }

  private void note(SpooledEvent event) {
    if (!event.incomplete()) {
      told.add(event.type());
    }
    if (event.logLine()) {
      lastSeq = event.seq();
      Place.parseAll(event.note()).forEach(place -> places.put(place.source(), place.end()));
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

  /** What its events are written with; making another takes longer than many a job's events. */
  public WireCodec codec() {
    return codec;
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
   * Appends an event other than a log line and makes it durable, and all lines before it. A full
   * disk does not hinder it as long as there is a reserve.
   *
   * @throws FrameTooLarge if no peer would take it; nothing was appended
   * @throws IOException if it cannot be written; nothing was appended
   */
  public synchronized void append(AgentMessage message) throws IOException {
    append(message, SpooledEvent.note(message));
  }

  private void append(AgentMessage message, String note) throws IOException {
    if (end != null) {
      throw new IllegalStateException("job " + id + " has ended");
    }
    String type = MessageType.of(message).wireName();
    String frame = codec.encode(message);
    if (message instanceof JobFinished finished && missingLines > 0) {
      room.writeAnyway(() -> appendMark(finished.finishedAt()));
    }
    room.writeAnyway(
        () -> {
          lines.force();
          write(new SpooledEvent(type, lastSeq, note, frame));
        });
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
    append(part, part.part() < part.parts() ? SpooledEvent.PART : SpooledEvent.LAST_PART);
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
      room.writeAnyway(() -> PrivateFile.write(folder.resolve(CANCEL), new byte[0]));
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
   * Appends a line to the job's log, under the next number. If there is no room for it, in the
   * spool or on the disk, it is left out, and the log says so where it stood.
   */
  public void appendLine(LogStreamName stream, Instant at, String text) {
    appendLine(stream, at, text, Optional.empty());
  }

  /**
   * As above, and remembers with the line where it comes from. If the log holds that place already,
   * because an earlier process came as far, nothing is appended.
   */
  public synchronized void appendLine(
      LogStreamName stream, Instant at, String text, Optional<Place> place) {
    if (end != null) {
      throw new IllegalStateException("job " + id + " has ended");
    }
    if (place.filter(this::holds).isPresent()) {
      return;
    }
    if (!room.hasFor(stream, text.length() + MARK_BYTES)) {
      leaveOut(place, "the spool is full");
      return;
    }
    try {
      if (missingLines > 0) {
        appendMark(at);
      }
      String note = place.map(Place::toString).orElse("");
      appendLine(new LogStream(id.value(), lastSeq + 1, at, stream, text), note);
      changes.signal();
    } catch (IOException e) {
      leaveOut(place, "they could not be stored (" + Words.of(e) + ")");
    }
  }

  private void appendLine(LogStream line, String note) throws IOException {
    SpooledEvent event = new SpooledEvent(SpooledEvent.LOG, line.seq(), note, codec.encode(line));
    refuseTooLarge(event.type(), event.line().length);
    lines.append(event, places);
    note(event);
  }

  private void leaveOut(Optional<Place> place, String why) {
    if (missingLines == 0) {
      missingWhy = why;
      LOG.log(System.Logger.Level.WARNING, "job {0}: lines of its log are not kept: {1}", id, why);
    }
    missingLines++;
    place.ifPresent(at -> missingPlaces.put(at.source(), at.end()));
  }

  /**
   * Stands for the lines that were left out, also for an agent that reads restic's output again.
   */
  private void appendMark(Instant at) throws IOException {
    String text =
        OURS
            + missingLines
            + (missingLines == 1 ? " line was not kept, " : " lines were not kept, ")
            + missingWhy;
    String note =
        missingPlaces.entrySet().stream()
            .map(entry -> new Place(entry.getKey(), entry.getValue()).toString())
            .collect(Collectors.joining(","));
    appendLine(new LogStream(id.value(), lastSeq + 1, at, LogStreamName.STDERR, text), note);
    missingLines = 0;
    missingPlaces.clear();
  }

  /** Whether the log holds everything from this source up to this place. */
  public synchronized boolean holds(Place place) {
    return place.end() <= places.getOrDefault(place.source(), -1L);
  }

  private void write(SpooledEvent event) throws IOException {
    byte[] line = event.line();
    refuseTooLarge(event.type(), line.length);
    ByteBuffer buffer = ByteBuffer.wrap(line);
    try {
      while (buffer.hasRemaining()) {
        events.write(buffer, committed + buffer.position());
      }
      events.force(false);
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

  private static void refuseTooLarge(String type, int bytes) {
    if (bytes > SpooledEvent.MAX_FRAME_BYTES) {
      throw new FrameTooLarge(type, bytes);
    }
  }

  private synchronized long committed() {
    return committed;
  }

  /** What is to be sent over a new connection, from the first event that is not confirmed. */
  public synchronized Unsent unsent() {
    return new Unsent(
        new SpoolReader(events::read, this::committed, droppedBytes), lines.from(confirmedSeq + 1));
  }

  /** The server has all log lines up to this one in its database. */
  synchronized void confirmed(long seq) {
    if (seq > confirmedSeq) {
      // never beyond what was numbered here: a wrong confirmation must not swallow later lines
      confirmedSeq = Math.min(seq, lastSeq);
      forgetConfirmed();
    }
  }

  private synchronized void dropped(long upToBytes, long upToSeq) {
    droppedBytes = Math.max(droppedBytes, upToBytes);
    confirmedSeq = Math.max(confirmedSeq, upToSeq);
    forgetConfirmed();
  }

  /**
   * Not forced to the disk, and not missed on a full one: if it is lost, some events are sent
   * again, and that is harmless.
   */
  private void forgetConfirmed() {
    writeConfirmation();
    try {
      lines.confirmed(confirmedSeq, places);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.DEBUG, "job {0}: confirmed lines are kept ({1})", id, Words.of(e));
    }
  }

  private void writeConfirmation() {
    Path file = folder.resolve("confirmed");
    Path next = folder.resolve("confirmed.new");
    try {
      PrivateFile.createEmpty(next);
      Files.writeString(next, confirmedSeq + " " + droppedBytes, StandardCharsets.US_ASCII);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "job {0}: confirmation not stored ({1})", id, Words.of(e));
    }
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

  /** Forgets the job. */
  synchronized void delete() throws IOException {
    events.close();
    lines.close();
    delete(folder);
  }

  /** The command goes first: without it the rest is no job any more. */
  static void delete(Path folder) throws IOException {
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

    private final SpoolReader eventReader;
    private final LogSegments.Lines lineReader;
    private SpooledEvent event;
    private SpooledEvent line;
    private long passedBytes;
    private long passedSeq;

    private Unsent(SpoolReader eventReader, LogSegments.Lines lineReader) {
      this.eventReader = eventReader;
      this.lineReader = lineReader;
      this.passedBytes = eventReader.position();
    }

    /** The next event that is not confirmed; empty if there is none yet. */
    public Optional<SpooledEvent> next() throws IOException {
      while (true) {
        lookAhead();
        SpooledEvent next = event;
        if (next != null && (line == null || next.seq() < line.seq())) {
          passedBytes = eventReader.position();
          event = null;
          if (isConfirmed(next)) {
            continue;
          }
          return Optional.of(next);
        }
        next = line;
        if (next == null) {
          return Optional.empty();
        }
        passedSeq = next.seq();
        line = null;
        if (!isConfirmed(next)) {
          return Optional.of(next);
        }
      }
    }

    private void lookAhead() throws IOException {
      if (line == null) {
        line = lineReader.next().orElse(null);
      }
      if (event == null) {
        event = eventReader.next().flatMap(SpooledEvent::parse).orElse(null);
      }
      if (line == null && event != null) {
        // the lines before an event are there when the event is, but may not have been just now
        line = lineReader.next().orElse(null);
      }
    }

    /** Whether the job's beginning lies behind. */
    public boolean begun() {
      return passedBytes > 0;
    }

    /** Everything returned so far was sent to a server that confirms nothing. */
    public void drop() {
      dropped(passedBytes, passedSeq);
    }

    private boolean isConfirmed(SpooledEvent event) {
      synchronized (JobSpool.this) {
        return event.confirmedBy(confirmedSeq);
      }
    }
  }
}
