package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.HostTags;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Tags;
import org.resticmanager.job.Jobs;
import org.resticmanager.platform.Refusal;
import org.resticmanager.repository.Repositories;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;

/**
 * Does one thing to the hosts that are ticked in the list. Each is a transaction of its own: what
 * is refused on one hinders no other, and is said.
 */
@Named("bulk")
@RequestScoped
public class BulkView {

  /** No page of the list shows more. */
  private static final int MOST = 100;

  @Inject private Hosts hosts;
  @Inject private HostTags hostTags;
  @Inject private SourceGroups sourceGroups;
  @Inject private Schedules schedules;
  @Inject private Jobs jobs;
  @Inject private Repositories repositories;
  @Inject private RepositoryChoices choices;
  @Inject private Wording wording;

  private String tag;
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * What happened to a host.
   *
   * @param good whether it is what was wanted
   */
  public record Outcome(HostId host, String name, boolean good, String words) {}

  /** Queues a backup of every source group of each host. */
  public void runNow() {
    forEach(
        host -> {
          List<SourceGroupDetails> groups = sourceGroups.of(host.id());
          for (SourceGroupDetails group : groups) {
            jobs.runNow(host.id(), group.name(), false, Optional.empty());
          }
          return groups.isEmpty()
              ? new Outcome(host.id(), host.name(), false, wording.text("bulk.no-groups"))
              : done(host, wording.text("bulk.queued", groups.size()));
        });
  }

  /** Has every schedule of each host fire. */
  public void enable() {
    enableSchedules(true, "bulk.enabled");
  }

  /** Has no schedule of any of the hosts fire. */
  public void disable() {
    enableSchedules(false, "bulk.disabled");
  }

  private void enableSchedules(boolean enabled, String key) {
    forEach(
        host -> {
          int count = schedules.enableAll(host.id(), enabled).size();
          return count == 0
              ? new Outcome(host.id(), host.name(), false, wording.text("bulk.no-schedules"))
              : done(host, wording.text(key, count));
        });
  }

  /** Connects each host to the repository that was chosen. */
  public void connect() {
    forEach(
        host -> {
          repositories.connect(host.id(), choices.chosen());
          return done(host, wording.text("bulk.connected"));
        });
  }

  /** Gives each host the tag. */
  public void addTag() {
    changeTags(tags -> tags.add(wantedTag()), "bulk.tagged");
  }

  /** Takes the tag from each host. */
  public void removeTag() {
    changeTags(tags -> tags.remove(wantedTag()), "bulk.untagged");
  }

  private String wantedTag() {
    return tag == null ? "" : tag.strip();
  }

  private void changeTags(Consumer<TreeSet<String>> change, String key) {
    forEach(
        host -> {
          TreeSet<String> tags = new TreeSet<>(hostTags.of(host.id()).names());
          change.accept(tags);
          hostTags.put(host.id(), Tags.of(tags), seen -> {});
          return done(host, wording.text(key, wantedTag()));
        });
  }

  private static Outcome done(HostDetails host, String words) {
    return new Outcome(host.id(), host.name(), true, words);
  }

  private void forEach(Function<HostDetails, Outcome> work) {
    List<HostId> chosen = chosen();
    Map<HostId, HostDetails> known = hosts.of(chosen);
    for (HostId id : chosen) {
      HostDetails host = known.get(id);
      if (host != null) {
        try {
          outcomes.add(work.apply(host));
        } catch (Refusal e) {
          outcomes.add(new Outcome(id, host.name(), false, Refusals.inWords(e)));
        }
      }
    }
  }

  private static List<HostId> chosen() {
    String[] ids =
        FacesContext.getCurrentInstance()
            .getExternalContext()
            .getRequestParameterValuesMap()
            .get("chosen");
    return ids == null
        ? List.of()
        : Stream.of(ids).distinct().limit(MOST).map(HostId::parse).toList();
  }

  /** What happened to each host; empty before. */
  public List<Outcome> getOutcomes() {
    return outcomes;
  }

  /** How many hosts are now as was wanted. */
  public long getGood() {
    return outcomes.stream().filter(Outcome::good).count();
  }

  public String getTag() {
    return tag;
  }

  public void setTag(String tag) {
    this.tag = tag;
  }
}
