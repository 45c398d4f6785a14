package org.resticmanager.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.resticmanager.agent.config.PrivateFile;

/**
 * The lines of one job's log, in files that are deleted as soon as all of their lines are
 * confirmed. Each begins with a line that says how far restic's output is in the log by then, since
 * the files that said so before may be gone. A line is read from here only when it is on the disk:
 * what was sent is never lost to a power cut, and its number never given to another line.
 * Thread-safe.
 */
final class LogSegments {

  private static final System.Logger LOG = System.getLogger(LogSegments.class.getName());
  private static final String PREFIX = "log-";
  private static final Pattern NAME = Pattern.compile("log-\\d{19}");
  private static final String HEAD = "places";

  private final Path folder;
  private final SpoolRoom room;
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private FileChannel last;

  LogSegments(Path folder, SpoolRoom room) {
    this.folder = folder;
    this.room = room;
  }

  /** One file. Guarded by the lock of its {@link LogSegments}. */
  private static final class Segment {

    private final long first;
    private final Path path;
    private long next;
    private long committed;
    private long durable;

    private Segment(long first, Path path) {
      this.first = first;
      this.path = path;
      this.next = first;
    }
  }

  static boolean isOne(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  private Path path(long first) {
    return folder.resolve(String.format("%s%019d", PREFIX, first));
  }

  /**
   * Appends the line with the next number.
   *
   * @param places how far restic's output is in the log before it
   * @throws IOException if it cannot be written; nothing was appended
   */
  synchronized void append(SpooledEvent line, Map<String, Long> places) throws IOException {
    if (last == null || segments.lastEntry().getValue().committed >= room.segmentBytes()) {
      begin(line.seq(), places);
    }
    Segment segment = segments.lastEntry().getValue();
    write(segment, line.line());
    segment.next = line.seq() + 1;
  }

  private void begin(long first, Map<String, Long> places) throws IOException {
    seal();
    StringBuilder head = new StringBuilder(HEAD);
    places.forEach((source, end) -> head.append(' ').append(new Place(source, end)));
    Segment segment = new Segment(first, path(first));
    FileChannel channel = PrivateFile.openForAppend(segment.path);
    try {
      channel.truncate(0);
      last = channel;
      write(segment, head.append('\n').toString().getBytes(StandardCharsets.UTF_8));
      segments.put(first, segment);
    } catch (IOException e) {
      last = null;
      channel.close();
      Files.deleteIfExists(segment.path);
      throw e;
    }
  }

  private void write(Segment segment, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      while (buffer.hasRemaining()) {
        last.write(buffer, segment.committed + buffer.position());
      }
    } catch (IOException e) {
      last.truncate(segment.committed);
      throw e;
    }
    segment.committed += bytes.length;
    room.taken(bytes.length);
  }

  /** No line is appended to the last file any more. */
  private void seal() throws IOException {
    if (last != null) {
      last.force(false);
      Segment segment = segments.lastEntry().getValue();
      segment.durable = segment.committed;
      last.close();
      last = null;
    }
  }

  /** Makes all lines durable. */
  synchronized void force() throws IOException {
    if (last != null) {
      last.force(false);
      Segment segment = segments.lastEntry().getValue();
      segment.durable = segment.committed;
    }
  }

  /** How far a file may be read; waits for the disk, while others go on appending. */
  private long durable(Segment segment) {
    FileChannel channel;
    long upTo;
    synchronized (this) {
      if (segment.durable == segment.committed || last == null) {
        return segment.durable;
      }
      channel = last;
      upTo = segment.committed;
    }
    try {
      channel.force(false);
    } catch (IOException e) {
      // closed meanwhile, and forced before; or the disk fails, and what is on it is sent
      synchronized (this) {
        return segment.durable;
      }
    }
    synchronized (this) {
      segment.durable = Math.max(segment.durable, upTo);
      return segment.durable;
    }
  }

  /**
   * Deletes the files of which every line is confirmed.
   *
   * @param places how far restic's output is in the log by now
   */
  synchronized void confirmed(long seq, Map<String, Long> places) throws IOException {
    if (segments.isEmpty()) {
      return;
    }
    Segment newest = segments.lastEntry().getValue();
    if (newest.next - 1 <= seq && newest.committed >= room.segmentBytes() / 4) {
      begin(newest.next, places);
    }
    boolean forced = false;
    Segment oldest = segments.firstEntry().getValue();
    while (segments.size() > 1 && oldest.next - 1 <= seq) {
      if (!forced) {
        // what it says of places must be on the disk in the files that follow
        force();
        forced = true;
      }
      Files.deleteIfExists(oldest.path);
      segments.remove(oldest.first);
      room.given(oldest.committed);
      oldest = segments.firstEntry().getValue();
    }
  }

  /** The job is forgotten; the files themselves are deleted by the caller. */
  synchronized void close() throws IOException {
    if (last != null) {
      last.close();
      last = null;
    }
    segments.values().forEach(segment -> room.given(segment.committed));
    segments.clear();
  }

  /**
   * Finds the files of an earlier process. What a power cut left of a line is cut off; lines that
   * are missing before others that are there are replaced, because numbers have no gaps.
   *
   * @param lastKnown the number up to which there were lines for sure
   * @param confirmed the number up to which nothing need be there
   * @param found is told of each line, in order
   * @param head is told of each file's first line
   * @param substitute makes the line in place of one that is missing
   * @return the number of the last line; 0 if there is none
   */
  synchronized long recover(
      long lastKnown,
      long confirmed,
      Consumer<SpooledEvent> found,
      Consumer<Place> head,
      LongFunction<SpooledEvent> substitute)
      throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(LogSegments::isOne).toList()) {
        long first = Long.parseLong(file.getFileName().toString().substring(PREFIX.length()));
        segments.put(first, new Segment(first, file));
      }
    }
    if (segments.isEmpty() && lastKnown > confirmed) {
      begin(confirmed + 1, Map.of());
    }
    for (Segment segment : List.copyOf(segments.values())) {
      recover(segment, found, head);
      Long following = segments.higherKey(segment.first);
      long wanted = following == null ? Math.max(lastKnown, confirmed) : following - 1;
      for (long seq = segment.next; seq <= wanted; seq++) {
        write(segment, substitute.apply(seq).line());
        segment.next = seq + 1;
      }
      last.force(false);
      segment.durable = segment.committed;
      if (following != null) {
        last.close();
        last = null;
      }
    }
    return segments.isEmpty() ? 0 : segments.lastEntry().getValue().next - 1;
  }

  private void recover(Segment segment, Consumer<SpooledEvent> found, Consumer<Place> head)
      throws IOException {
    last = PrivateFile.openForAppend(segment.path);
    long size = last.size();
    FileChannel file = last;
    SpoolReader reader = new SpoolReader(file::read, () -> size, 0);
    Optional<String> first = reader.next().filter(line -> line.startsWith(HEAD));
    long good = 0;
    if (first.isPresent()) {
      Place.parseAll(first.get().substring(HEAD.length())).forEach(head);
      good = reader.position();
      Optional<SpooledEvent> line = reader.next().flatMap(SpooledEvent::parse);
      while (line.isPresent() && line.get().logLine() && line.get().seq() == segment.next) {
        good = reader.position();
        segment.next++;
        found.accept(line.get());
        line = reader.next().flatMap(SpooledEvent::parse);
      }
    }
    if (good < size) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} was damaged, by a power cut or a full disk: its last {1} bytes are given up",
          segment.path,
          Long.toString(size - good));
      last.truncate(good);
    }
    segment.committed = good;
    room.taken(good);
    if (good == 0) {
      write(segment, (HEAD + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The number before which every line was confirmed: its file is gone. */
  synchronized long goneBefore() {
    return segments.isEmpty() ? 0 : segments.firstKey() - 1;
  }

  /** Reads the lines from this number on, as they come. */
  Lines from(long seq) {
    return new Lines(seq);
  }

  private synchronized Segment holding(long seq) {
    Map.Entry<Long, Segment> entry = segments.floorEntry(seq);
    return entry != null
        ? entry.getValue()
        : segments.isEmpty() ? null : segments.firstEntry().getValue();
  }

  private synchronized Segment after(Segment segment) {
    Map.Entry<Long, Segment> entry = segments.higherEntry(segment.first);
    return entry == null ? null : entry.getValue();
  }

  private static int read(Path file, ByteBuffer into, long from) throws IOException {
    // opened for each chunk: nobody closes what a connection was reading when it broke
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.read(into, from);
    } catch (NoSuchFileException e) {
      // every line of it was confirmed meanwhile
      return -1;
    }
  }

  /** Reads lines in order. For one thread. */
  final class Lines {

    private final long from;
    private Segment segment;
    private SpoolReader reader;

    private Lines(long from) {
      this.from = from;
    }

    /** The next line; empty if there is none yet. */
    Optional<SpooledEvent> next() throws IOException {
      if (segment == null) {
        open(holding(from));
      }
      while (segment != null) {
        // asked first: if there is one, nothing is appended to this one any more
        Segment following = after(segment);
        Optional<String> line = reader.next();
        if (line.isPresent()) {
          Optional<SpooledEvent> event =
              SpooledEvent.parse(line.get()).filter(SpooledEvent::logLine);
          if (event.isPresent() && event.get().seq() >= from) {
            return event;
          }
        } else if (following == null) {
          return Optional.empty();
        } else {
          open(following);
        }
      }
      return Optional.empty();
    }

    private void open(Segment next) {
      segment = next;
      if (next != null) {
        reader =
            new SpoolReader(
                (into, position) -> read(next.path, into, position), () -> durable(next), 0);
      }
    }
  }
}
