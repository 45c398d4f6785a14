package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code check} and {@code prune} have in common: on every version they tell what they do in
 * text, with a line of progress about once a second, which is no matter for a log.
 */
final class TextCommand {

  private static final Pattern PROGRESS =
      Pattern.compile("\\[[\\d:]+\\]\\s+(\\d+(?:\\.\\d+)?)%\\s+(\\d{1,18}) / (\\d{1,18})\\b.*");
  private static final double PERCENT = 100;

  private final Restic restic;
  private long doneBefore = -1;

  TextCommand(Restic restic) {
    this.restic = restic;
  }

  /**
   * Runs it; its text and its progress go to the output.
   *
   * @param said is told of each line of stdout
   */
  Ended run(String name, List<String> arguments, ResticOutput output, Consumer<String> said)
      throws IOException {
    return restic.run(
        name,
        arguments,
        line -> {
          said.accept(line);
          stdout(line, output);
        },
        output::complaint);
  }

  private void stdout(String line, ResticOutput output) {
    Matcher progress = PROGRESS.matcher(line);
    if (!progress.matches()) {
      if (!line.isBlank()) {
        restic.progressed();
        output.stdout(line);
      }
      return;
    }
    long done = Long.parseLong(progress.group(2));
    long total = Long.parseLong(progress.group(3));
    if (done != doneBefore) {
      doneBefore = done;
      restic.progressed();
    }
    double fraction = Double.parseDouble(progress.group(1)) / PERCENT;
    output.status(
        new BackupStatus(Math.min(1, fraction), done, total, 0, 0, 0, 0, Optional.empty()));
    if (done == total) {
      output.stdout(line);
    }
  }
}
