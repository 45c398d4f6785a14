package org.resticmanager.maintenance;

import java.util.List;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.source.Retention;

/**
 * What a forget would do to the snapshots of a source group, as far as they are known to us.
 *
 * @param retention what it was asked for
 * @param selection which snapshots would stay and which would go
 * @param warnings what the retention does that its author may not expect
 */
public record RetentionPreview(
    Retention retention, Selection selection, List<RetentionWarning> warnings) {

  public RetentionPreview {
    warnings = List.copyOf(warnings);
  }
}
