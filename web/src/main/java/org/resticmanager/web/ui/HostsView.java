package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.resticmanager.health.FoundHosts;
import org.resticmanager.health.FoundHosts.Found;
import org.resticmanager.health.Health;
import org.resticmanager.health.HostFilter;
import org.resticmanager.health.HostOrder;
import org.resticmanager.health.HostSearch;
import org.resticmanager.health.Judgement;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobOutline;
import org.resticmanager.savedview.ViewQuery;

/** The hosts that somebody looks for, a page of them at a time; the address says which. */
@Named
@RequestScoped
public class HostsView {

  private static final int PAGE_SIZE = 50;
  private static final String ONLINE = "online";
  private static final String OFFLINE = "offline";

  @Inject private HostSearch search;
  @Inject private LiveRegions live;
  @Inject private Wording wording;

  private final String words = Address.parameter("q").strip();
  private final String health = Address.parameter("health");
  private final String state = Address.parameter("state");
  private final String tag = Address.parameter("tag");
  private final String sort = Address.parameter("sort");
  private final int page = page(Address.parameter("page"));
  private FoundHosts found;
  private List<HostRow> rows;

  private static int page(String parameter) {
    return parameter.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(parameter) : 1;
  }

  /** Shows the page. */
  public void open() {
    live.shows("hosts", content());
  }

  /** Shows what has changed. */
  public void refresh() {
    live.refresh("hosts", content());
    live.answer();
  }

  private Object content() {
    return List.of(getRows(), found().all());
  }

  private FoundHosts found() {
    if (found == null) {
      found =
          search.find(
              new HostFilter(words, Health.named(health), online(), tag),
              HostOrder.named(sort),
              (page - 1L) * PAGE_SIZE,
              PAGE_SIZE);
    }
    return found;
  }

  private Optional<Boolean> online() {
    return state.equals(ONLINE) || state.equals(OFFLINE)
        ? Optional.of(state.equals(ONLINE))
        : Optional.empty();
  }

  /** The hosts of this page. */
  public List<HostRow> getRows() {
    if (rows == null) {
      rows = found().hosts().stream().map(this::row).toList();
    }
    return rows;
  }

  private HostRow row(Found found) {
    HostDetails host = found.host();
    String agent = wording.visible(host.agentVersion());
    return new HostRow(
        host.id(),
        wording.visible(host.name()),
        machine(host),
        found.tags().names(),
        State.of(found.judgement().map(Judgement::health).orElse(Health.UNKNOWN)),
        found.judgement().map(this::why).orElse(""),
        State.of(host),
        host.online() ? null : host.lastSeenAt(),
        found.newestJob().map(this::newest).orElseGet(() -> Newest.none(host.id())),
        agent.isEmpty() ? "" : restic(host),
        agent.isEmpty() ? "–" : wording.text("hosts.agent") + " " + agent);
  }

  private String restic(HostDetails host) {
    return "restic "
        + (host.resticVersion().isEmpty()
            ? wording.text("hosts.missing")
            : wording.visible(host.resticVersion()));
  }

  private Newest newest(JobOutline job) {
    return new Newest(
        "job.xhtml?id=" + job.id(),
        State.of(job),
        JobRow.title(job, wording) + " ·",
        job.lastMoment());
  }

  private String machine(HostDetails host) {
    String system = host.os() + " " + host.arch();
    return host.hostname().equals(host.name())
        ? system
        : wording.visible(host.hostname()) + " · " + system;
  }

  private String why(Judgement judgement) {
    return judgement.health() == Health.PROTECTED ? "" : wording.reason(judgement);
  }

  /** What may be chosen as protection. */
  public List<JobsView.Choice> getHealths() {
    return Arrays.stream(Health.values())
        .map(choice -> choice("health.", choice.word(), health))
        .toList();
  }

  /** What may be chosen as state. */
  public List<JobsView.Choice> getStates() {
    return Stream.of(ONLINE, OFFLINE).map(choice -> choice("host.state.", choice, state)).toList();
  }

  /** What may be chosen as tag. */
  public List<JobsView.Choice> getTags() {
    return search.tags().stream()
        .map(name -> new JobsView.Choice(name, name, name.equals(tag)))
        .toList();
  }

  /** What may be chosen as order. */
  public List<JobsView.Choice> getOrders() {
    return Arrays.stream(HostOrder.values())
        .filter(order -> order != HostOrder.NAME) // is what no choice means
        .map(order -> choice("hosts.sort.", order.word(), sort))
        .toList();
  }

  private JobsView.Choice choice(String keys, String value, String chosen) {
    return new JobsView.Choice(value, wording.text(keys + value), value.equals(chosen));
  }

  /** What the address says of the list, but for the page of it. */
  ViewQuery query() {
    return new ViewQuery(words, health, state, tag, sort);
  }

  /** Whether some hosts may be left out. */
  public boolean isFiltered() {
    return !(words + health + state + tag).isEmpty();
  }

  /** Which hosts of how many are shown, in words. */
  public String getShown() {
    long first = (page - 1L) * PAGE_SIZE + 1;
    return wording.text("hosts.shown", first, first + getRows().size() - 1, found().all());
  }

  /** The page before; 0 if this is the first. */
  public int getPrevious() {
    return page - 1;
  }

  /** The page after; 0 if this is the last. */
  public int getNext() {
    return (long) page * PAGE_SIZE < found().all() ? page + 1 : 0;
  }

  public String getWords() {
    return words;
  }

  public String getHealth() {
    return health;
  }

  public String getState() {
    return state;
  }

  public String getTag() {
    return tag;
  }

  public String getSort() {
    return sort;
  }

  public int getPage() {
    return page;
  }

  /**
   * A host as a line of the list, in words that can be shown as they are: a choice between two
   * parts of the page costs more than the part.
   *
   * @param id of the host
   * @param name what it is called here
   * @param machine what it calls itself, if that is another name, and what it is
   * @param tags what people call it besides its name
   * @param health how well it is protected
   * @param why it is not; empty if it is
   * @param state of its connection
   * @param lastSeen null while it is connected, and if it never was
   * @param newest job of it
   * @param restic its version, with its name; empty if no agent was there yet
   * @param agent likewise; then a dash
   */
  public record HostRow(
      HostId id,
      String name,
      String machine,
      List<String> tags,
      State health,
      String why,
      State state,
      Instant lastSeen,
      Newest newest,
      String restic,
      String agent) {}

  /**
   * The newest job of a host.
   *
   * @param page of it; of the host if it has none
   * @param state for the badge
   * @param title what it does, and the dot before the moment; empty if there is none
   * @param moment when something last happened to it; null if there is none
   */
  public record Newest(String page, State state, String title, Instant moment) {

    private static Newest none(HostId host) {
      State state = new State("idle", "circle-dashed", "hosts.no-job");
      return new Newest("host.xhtml?id=" + host, state, "", null);
    }
  }
}
