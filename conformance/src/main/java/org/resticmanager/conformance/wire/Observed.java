package org.resticmanager.conformance.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.NotChecked;
import org.resticmanager.conformance.socket.Arrival;

/** Looks at every frame of a whole run, whatever check it came in. Any thread may call it. */
public final class Observed {

  private static final int SHOWN = 5;

  private final FrameRules rules;

  /** How often each was seen, and the first frame in which it was. */
  private final Map<String, Seen> violations = new LinkedHashMap<>();

  private final List<String> secretsToMiss = new ArrayList<>();
  private final List<String> leaks = new ArrayList<>();
  private int frames;
  private int unmasked;

  private record Seen(int times, Frame first) {

    @Override
    public String toString() {
      return "(" + times + (times == 1 ? " time" : " times") + ", first in " + first + ")";
    }
  }

  public Observed(FrameRules rules) {
    this.rules = rules;
  }

  /** From now on no frame may hold this text, unless it is a {@code config.update}. */
  public synchronized void mustNeverSay(String secret) {
    if (!secretsToMiss.contains(secret)) {
      secretsToMiss.add(secret);
    }
  }

  /** Looks at a frame. */
  public synchronized void saw(Frame frame, Arrival.Text text, Set<String> features) {
    frames++;
    if (!text.masked()) {
      unmasked++;
    }
    rules
        .violations(frame, text.sizeBytes(), features)
        .forEach(
            violation ->
                violations.merge(
                    violation,
                    new Seen(1, frame),
                    (old, now) -> new Seen(old.times() + 1, old.first())));
    if (!frame.type().equals("config.update")
        && secretsToMiss.stream().anyMatch(frame.raw()::contains)) {
      leaks.add(frame.type());
    }
  }

  /** Passes if every frame so far was as it must be. */
  public synchronized void allWellFormed() {
    needFrames();
    if (!violations.isEmpty()) {
      throw new Broken(
          "every frame to observe the rules of sections 1, 2 and 4",
          violations.entrySet().stream()
              .limit(SHOWN)
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining("; ")));
    }
  }

  /** Passes if no secret was seen where none belongs. */
  public synchronized void noSecrets() {
    needFrames();
    if (secretsToMiss.isEmpty()) {
      throw new NotChecked("no secret was seen in a config.update, so none could be looked for");
    }
    if (!leaks.isEmpty()) {
      throw new Broken(
          "secrets in config.update only", "one was in a frame of the type " + leaks.get(0));
    }
  }

  /** Passes if every frame was masked. */
  public synchronized void allMasked() {
    needFrames();
    if (unmasked > 0) {
      throw new Broken("masked frames from a client (RFC 6455)", unmasked + " were not");
    }
  }

  private void needFrames() {
    if (frames == 0) {
      throw new NotChecked("no frame has come in this run");
    }
  }
}
