package org.resticmanager.conformance.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.NotChecked;
import org.resticmanager.conformance.socket.Arrival;

/** Looks at every frame of a whole run, whatever check it came in. Any thread may call it. */
public final class Observed {

  private static final int SHOWN = 5;

  private final FrameRules rules;
  private final List<String> violations = new ArrayList<>();
  private final List<String> secretsToMiss = new ArrayList<>();
  private final List<String> leaks = new ArrayList<>();
  private int frames;
  private int unmasked;

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
        .forEach(violation -> violations.add(violation + "; in " + frame));
    if (!frame.type().equals("config.update")
        && secretsToMiss.stream().anyMatch(frame.raw()::contains)) {
      leaks.add(frame.type());
    }
  }

  /** Passes if every frame so far was as it must be. */
  public synchronized void allWellFormed() {
    needFrames();
    if (!violations.isEmpty()) {
      List<String> different = violations.stream().distinct().toList();
      throw new Broken(
          "every frame to observe the rules of sections 1, 2 and 4",
          violations.size()
              + " of "
              + frames
              + " frames broke some: "
              + String.join(" | ", different.subList(0, Math.min(SHOWN, different.size()))));
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
