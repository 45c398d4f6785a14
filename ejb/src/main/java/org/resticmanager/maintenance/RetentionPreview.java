package org.resticmanager.maintenance;

import java.util.List;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.source.Retention;

/**
 * What a forget would do to the snapshots of a source group.
 *
 * @param retention what it was asked for
 * @param about which snapshots these are
 * @param selection which snapshots would stay and which would go
 * @param warnings what the retention does that its author may not expect
 */
public record RetentionPreview(
    Retention retention, About about, Selection selection, List<RetentionWarning> warnings) {

  /** Which snapshots a preview is about. */
  public enum About {
    /** Those of the source group, as far as they are known to us. */
    KNOWN,
    /** Those that there would be if the source group's schedules had always fired. */
    EXAMPLE_OF_SCHEDULES,
    /** Those that there would be after a backup every night. */
    EXAMPLE_OF_NIGHTS
  }

  public RetentionPreview {
    warnings = List.copyOf(warnings);
  }
}
