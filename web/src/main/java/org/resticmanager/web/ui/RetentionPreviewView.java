package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.maintenance.RetentionPreview;
import org.resticmanager.maintenance.RetentionPreviews;
import org.resticmanager.platform.NotFound;
import org.resticmanager.snapshot.SnapshotDetails;
import org.resticmanager.source.Retention;

/**
 * Which snapshots of a source group would stay and which would go, by the retention that it has or
 * by one that somebody thinks of.
 */
@Named
@RequestScoped
public class RetentionPreviewView {

  private static final int SHOWN = 200;

  @Inject private RetentionPreviews previews;
  @Inject private Hosts hosts;
  @Inject private Wording wording;

  private final String hostId = Address.parameter("host");
  private final String group = Address.parameter("group");
  private Optional<Retention> thoughtOf = Optional.empty();
  private RetentionPreview preview;

  /** Shows the page, or that there is no such source group. */
  public void open() {
    try {
      preview();
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  /** From now on it is about this retention, which nobody has stored yet. */
  void of(Retention retention) {
    thoughtOf = Optional.of(retention);
    preview = null;
  }

  private RetentionPreview preview() {
    if (preview == null) {
      preview = previews.of(HostId.parse(hostId), group, thoughtOf);
    }
    return preview;
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    preview()
        .selection()
        .kept()
        .forEach(
            kept -> rows.add(new Row(kept.snapshot(), String.join(", ", kept.reasons()), true)));
    preview().selection().removed().forEach(going -> rows.add(new Row(going, "", false)));
    return rows;
  }

  /** The newest snapshots, whatever becomes of them. */
  public List<Row> getRows() {
    return rows().stream()
        .sorted(Comparator.comparing((Row row) -> row.snapshot().time()).reversed())
        .limit(SHOWN)
        .toList();
  }

  /** All of them on an axis of time; null if they are too few for one. */
  public RetentionAxis getAxis() {
    return RetentionAxis.of(rows()).orElse(null);
  }

  /** How many stay and go, in words. */
  public String getSummary() {
    return preview().retention().keepsAll()
        ? wording.text("retention.keeps-all")
        : wording.text(
            "retention.summary",
            preview().selection().kept().size(),
            preview().selection().removed().size());
  }

  /** How many are not listed. */
  public int getOthers() {
    return Math.max(
        0, preview().selection().kept().size() + preview().selection().removed().size() - SHOWN);
  }

  /** What the author of the retention may not expect. */
  public List<String> getWarnings() {
    return preview().warnings().stream().map(warning -> wording.sentence(warning.words())).toList();
  }

  /** The host. */
  public HostDetails getHost() {
    return hosts.find(HostId.parse(hostId));
  }

  public String getGroup() {
    return group;
  }

  /**
   * A snapshot as a line of the list.
   *
   * @param reasons why it stays, in restic's words; empty if it goes or all stay
   * @param stays whether it does
   */
  public record Row(SnapshotDetails snapshot, String reasons, boolean stays) {

    /** For the badge. */
    public State state() {
      return stays
          ? new State("good", "check", "retention.stays")
          : new State("idle", "minus", "retention.goes");
    }
  }
}
