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
import org.resticmanager.maintenance.RetentionPreview.About;
import org.resticmanager.maintenance.RetentionPreviews;
import org.resticmanager.platform.NotFound;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.snapshot.SnapshotDetails;
import org.resticmanager.source.Retention;

/**
 * Which snapshots of a source group would stay and which would go, by the retention that it has or
 * by one that somebody thinks of. Of a group that has none yet, and of one that does not exist yet,
 * it shows an example.
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
  private String name = group;
  private Optional<Retention> thoughtOf = Optional.empty();
  private RetentionPreview preview;
  private List<Row> all;

  /** Shows the page, or that there is no such source group. */
  public void open() {
    try {
      if (group.isEmpty()) {
        throw new NotFound("source group", group);
      }
      preview();
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  /** From now on it is about this retention, which nobody has stored yet. */
  void of(Retention retention) {
    of(group, retention);
  }

  /**
   * From now on it is about this retention of a source group that does not exist yet.
   *
   * @param newName what it is to be called
   */
  void of(String newName, Retention retention) {
    name = newName;
    thoughtOf = Optional.of(retention);
    preview = null;
    all = null;
  }

  private RetentionPreview preview() {
    if (preview == null) {
      HostId host = HostId.parse(hostId);
      preview =
          group.isEmpty()
              ? previews.example(host, name, thoughtOf.orElse(Retention.SUGGESTED))
              : ofGroup(host);
    }
    return preview;
  }

  private RetentionPreview ofGroup(HostId host) {
    RetentionPreview known = previews.of(host, group, thoughtOf);
    boolean none = known.selection().equals(Selection.EMPTY);
    return none ? previews.example(host, group, known.retention()) : known;
  }

  private List<Row> all() {
    if (all == null) {
      all = new ArrayList<>();
      preview()
          .selection()
          .kept()
          .forEach(
              kept -> all.add(new Row(kept.snapshot(), String.join(", ", kept.reasons()), true)));
      preview().selection().removed().forEach(going -> all.add(new Row(going, "", false)));
    }
    return all;
  }

  /** The newest snapshots, whatever becomes of them; of an example those that stay. */
  public List<Row> getRows() {
    return all().stream()
        .filter(row -> row.stays() || !isExample())
        .sorted(Comparator.comparing((Row row) -> row.snapshot().time()).reversed())
        .limit(SHOWN)
        .toList();
  }

  /** All of them on an axis of time; null if they are too few for one. */
  public RetentionAxis getAxis() {
    return RetentionAxis.of(all()).orElse(null);
  }

  /** Whether the snapshots are none that there are. */
  public boolean isExample() {
    return preview().about() != About.KNOWN;
  }

  /** What the example is, in words. */
  public String getExampleWords() {
    return wording.text(
        preview().about() == About.EXAMPLE_OF_NIGHTS
            ? "retention.example.nights"
            : "retention.example.schedules");
  }

  /** How many stay and go, in words. */
  public String getSummary() {
    return preview().retention().keepsAll()
        ? wording.text("retention.keeps-all")
        : wording.text(
            isExample() ? "retention.example.summary" : "retention.summary",
            preview().selection().kept().size(),
            preview().selection().removed().size());
  }

  /** That some are not listed, in words; empty if all are. */
  public String getOthers() {
    int others = all().size() - getRows().size();
    return others == 0
        ? ""
        : wording.text(isExample() ? "retention.example.others" : "retention.others", others);
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
