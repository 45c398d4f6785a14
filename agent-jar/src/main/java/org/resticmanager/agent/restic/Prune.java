package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code restic prune}: deletes the data that no snapshot needs. */
public final class Prune {

  private static final Pattern FREED =
      Pattern.compile("total prune:\\s+\\d+ blobs / (\\d+(?:\\.\\d+)?) (B|KiB|MiB|GiB|TiB|PiB)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40,
          "PiB", 1L << 50);

  private final TextCommand text;
  private OptionalLong freedBytes = OptionalLong.empty();

  public Prune(Restic restic) {
    this.text = new TextCommand(restic);
  }

  /** Runs it; all that restic says goes to the output. */
  public Ended run(ResticOutput output) throws IOException {
    return text.run("prune", List.of("prune"), output, this::said);
  }

  private void said(String line) {
    Matcher freed = FREED.matcher(line.strip());
    if (freed.matches()) {
      freedBytes =
          OptionalLong.of(
              Math.round(Double.parseDouble(freed.group(1)) * UNITS.get(freed.group(2))));
    }
  }

  /** What it freed, as exactly as restic says it; empty if it did not come that far. */
  public OptionalLong freedBytes() {
    return freedBytes;
  }
}
