package org.resticmanager.agent.restic;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code restic backup}. */
public final class Backup {

  private final Restic restic;
  private BackupSummary summary;
  private long bytesSeen = -1;
  private long filesSeen = -1;

  public Backup(Restic restic) {
    this.restic = restic;
  }

  /**
   * Backs up the paths.
   *
   * @param host the host name in the snapshot
   * @param tag the snapshot's tag; empty for none
   */
  public Ended run(String host, String tag, Selection selection, ResticOutput output)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("backup", "--json", "--host=" + host));
    if (!tag.isEmpty()) {
      arguments.add("--tag=" + tag);
    }
    arguments.addAll(selection.arguments());
    return restic.run("backup", arguments, line -> stdout(line, output), output::complaint);
  }

  private void stdout(String line, ResticOutput output) {
    Optional<JsonObject> json = JsonLine.parse(line);
    String type = json.map(JsonLine::type).orElse("");
    switch (type) {
      case "" -> output.stdout(line);
      case "status" -> status(BackupStatus.of(json.get()), output);
      case "summary" -> {
        summary = BackupSummary.of(json.get());
        restic.progressed();
        output.event(line);
        // a quick restic ends without a single status line, or with ones that know no totals yet
        output.status(summary.wholeDone());
      }
      default -> output.event(line);
    }
  }

  private void status(BackupStatus status, ResticOutput output) {
    if (status.bytesDone() != bytesSeen || status.filesDone() != filesSeen) {
      bytesSeen = status.bytesDone();
      filesSeen = status.filesDone();
      restic.progressed();
    }
    output.status(status);
  }

  /** What it did; empty if restic did not come that far. */
  public Optional<BackupSummary> summary() {
    return Optional.ofNullable(summary);
  }
}
