package org.resticmanager.conformance.wire;

import jakarta.json.JsonString;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.socket.Arrival;
import org.resticmanager.conformance.socket.WireSocket;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * One conversation over one socket, from either side. What comes is kept until a check asks for it,
 * in any order. For one thread.
 */
public final class Talk implements Closeable {

  private static final WireCodec CODEC = new WireCodec();
  private static final int SHOWN_TYPES = 20;

  private final WireSocket socket;
  private final Observed observed;
  private final Patience patience;
  private final List<Frame> heard = new ArrayList<>();
  private final List<Frame> pending = new ArrayList<>();
  private Set<String> features = Set.of();
  private Optional<Arrival.Closed> end = Optional.empty();
  private boolean pong;

  public Talk(WireSocket socket, Observed observed, Patience patience) {
    this.socket = socket;
    this.observed = observed;
    this.patience = patience;
  }

  /** The extensions that both sides have named; the base protocol until told otherwise. */
  public void agreedOn(Set<String> common) {
    features = Set.copyOf(common);
  }

  public Set<String> features() {
    return features;
  }

  public WireSocket socket() {
    return socket;
  }

  public Patience patience() {
    return patience;
  }

  // --- saying ---

  public void send(Message message) throws IOException {
    socket.sendText(CODEC.encode(message));
  }

  /** A request, or the reply to one. */
  public void send(Message message, Optional<String> id) throws IOException {
    socket.sendText(CODEC.encode(message, id));
  }

  /** Whatever it is. */
  public void sendRaw(String frame) throws IOException {
    socket.sendText(frame);
  }

  // --- hearing ---

  /** Every frame so far, in the order in which they came. */
  public List<Frame> heard() {
    return List.copyOf(heard);
  }

  /** Frames that no check has asked for yet. */
  public List<Frame> pending() {
    return List.copyOf(pending);
  }

  /** Drops what no check has asked for. */
  public void forgetPending() {
    pending.clear();
  }

  /** The next frame of this type; others wait for their turn. */
  public Frame expect(String type) throws InterruptedException {
    return expect("a frame of the type " + type, frame -> frame.type().equals(type));
  }

  /** The next frame of this type about this job. */
  public Frame expect(String type, String jobId) throws InterruptedException {
    return expect(type + " of the job", frame -> frame.isOf(type, jobId));
  }

  /** The next frame that fits; others wait for their turn. */
  public Frame expect(String what, Predicate<Frame> fits) throws InterruptedException {
    return expect(what, fits, patience.answer());
  }

  public Frame expect(String what, Predicate<Frame> fits, Duration limit)
      throws InterruptedException {
    return await(fits, limit).orElseThrow(() -> new Broken(what, came(limit)));
  }

  /** The next frame that fits, if one comes in time and the connection lives so long. */
  public Optional<Frame> await(Predicate<Frame> fits, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      for (Iterator<Frame> frames = pending.iterator(); frames.hasNext(); ) {
        Frame frame = frames.next();
        if (fits.test(frame)) {
          frames.remove();
          return Optional.of(frame);
        }
      }
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (end.isPresent() || left.isNegative() || !take(left)) {
        if (pending.stream().noneMatch(fits)) {
          return Optional.empty();
        }
      }
    }
  }

  private boolean take(Duration limit) throws InterruptedException {
    Optional<Arrival> arrival = socket.next(limit);
    if (arrival.isEmpty()) {
      return false;
    }
    if (arrival.get() instanceof Arrival.Text text) {
      Frame frame = Frame.of(text.text());
      if (frame.type().equals("welcome")) {
        features =
            frame.texts("features").stream()
                .filter(ours::contains)
                .collect(Collectors.toUnmodifiableSet());
      }
      rememberSecrets(frame);
      observed.saw(frame, text, features);
      heard.add(frame);
      pending.add(frame);
    } else if (arrival.get() instanceof Arrival.Closed closed) {
      end = Optional.of(closed);
    } else if (arrival.get() instanceof Arrival.Pong) {
      pong = true;
    } else if (arrival.get() instanceof Arrival.Binary) {
      throw new Broken("text frames only", "a binary frame came");
    }
    return true;
  }

  private Set<String> ours = Set.of();

  /** The extensions that we name; what of them the other side names in turn is agreed on. */
  public void weSpeak(Set<String> names) {
    ours = Set.copyOf(names);
  }

  private void rememberSecrets(Frame frame) {
    if (!frame.type().equals("config.update")) {
      return;
    }
    for (String key : List.of("repo_password", "repo_credential", "key_password")) {
      if (frame.payload().get(key) instanceof JsonString secret
          && secret.getString().length() >= 8) {
        observed.mustNeverSay(secret.getString());
      }
    }
  }

  /** Hears everything until nothing has come for the quiet time, or the connection has ended. */
  public void hearOut() throws InterruptedException {
    while (end.isEmpty() && take(patience.quiet())) {
      // all of it
    }
  }

  /** Listens for this long. */
  public void listen(Duration time) throws InterruptedException {
    await(frame -> false, time);
  }

  /** How the connection ended, waiting for it. */
  public Arrival.Closed expectClosed(String what) throws InterruptedException {
    return expectClosed(what, patience.answer());
  }

  public Arrival.Closed expectClosed(String what, Duration limit) throws InterruptedException {
    listen(limit);
    return end.orElseThrow(() -> new Broken(what, "the connection stayed open; " + came(limit)));
  }

  /** Waits for the connection to end with this code. */
  public void expectClosed(int code, String why) throws InterruptedException {
    String what = "the connection closed with " + code + ", " + why;
    Arrival.Closed closed = expectClosed(what);
    if (closed.code() != code) {
      throw new Broken(what, closed + afterFrames());
    }
  }

  /** How the connection ended, if it has. */
  public Optional<Arrival.Closed> end() {
    return end;
  }

  /** Passes if the connection is there and the other side still answers a ping. */
  public void expectOpen(String after) throws InterruptedException, IOException {
    String what = "the connection to stay open after " + after;
    pong = false;
    try {
      socket.ping();
    } catch (IOException e) {
      listen(patience.quiet());
      throw new Broken(what, end.map(Arrival.Closed::toString).orElse("it broke"));
    }
    long deadline = System.nanoTime() + patience.answer().toNanos();
    while (!pong) {
      if (end.isPresent()) {
        throw new Broken(what, end.get() + afterFrames());
      }
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.isNegative() || !take(left)) {
        throw new Broken(what, "no pong came within " + seconds(patience.answer()));
      }
    }
  }

  /** Passes if no frame that fits comes within the quiet time. */
  public void expectNone(String what, Predicate<Frame> fits) throws InterruptedException {
    expectNone(what, fits, patience.quiet());
  }

  public void expectNone(String what, Predicate<Frame> fits, Duration time)
      throws InterruptedException {
    Optional<Frame> wrong = await(fits, time);
    if (wrong.isPresent()) {
      throw new Broken("no " + what, "this came: " + wrong.get());
    }
  }

  /** Passes if what was sent is taken without an error, and the connection stays. */
  public void expectTaken(String what) throws InterruptedException, IOException {
    Optional<Frame> wrong = await(frame -> frame.type().equals("error"), patience.quiet());
    if (wrong.isPresent()) {
      throw new Broken(what + " to be taken without an error", "this came: " + wrong.get());
    }
    expectOpen(what);
  }

  private String came(Duration limit) {
    String within = end.map(closed -> closed.toString()).orElse("not within " + seconds(limit));
    return within + afterFrames();
  }

  private String afterFrames() {
    if (pending.isEmpty()) {
      return "; no other frame came";
    }
    List<Frame> last = pending.subList(Math.max(0, pending.size() - SHOWN_TYPES), pending.size());
    Optional<Frame> error = last.stream().filter(frame -> frame.type().equals("error")).findFirst();
    return "; these came: "
        + last.stream().map(Frame::type).collect(Collectors.joining(", "))
        + error.map(frame -> "; the error says: " + frame).orElse("");
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  /** Says goodbye (1000), waits a moment for the answer, and is gone. */
  @Override
  public void close() {
    try {
      if (socket.isOpen()) {
        socket.sendClose(1000, "");
        for (long end0 = System.nanoTime() + patience.quiet().toNanos();
            end.isEmpty() && System.nanoTime() < end0; ) {
          take(patience.quiet());
        }
      }
    } catch (IOException e) {
      // it was gone before us
      end = Optional.of(new Arrival.Closed(Arrival.Closed.CUT, ""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      socket.close();
    }
  }
}
