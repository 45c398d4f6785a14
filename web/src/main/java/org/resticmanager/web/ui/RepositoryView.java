package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.ConnectionTests;
import org.resticmanager.job.Initialisations;
import org.resticmanager.job.JobDetails;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDay;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.Slot;

/** One repository: how it is, its credentials, the hosts that back up to it. */
@Named
@RequestScoped
public class RepositoryView {

  private static final int SHOWN_HOSTS = 20;
  private static final int CHART_DAYS = 90;
  private static final int TABLE_DAYS = 14;

  @Inject private Repositories repositories;
  @Inject private ConnectionTests tests;
  @Inject private Initialisations initialisations;
  @Inject private Hosts hosts;
  @Inject private MaintenanceView maintenance;
  @Inject private PasswordRotationView rotation;
  @Inject private RepositoryAccessView access;
  @Inject private LiveRegions live;
  @Inject private Wording wording;

  private final String id = Address.parameter("id");
  private String typedName;
  private RepositoryDetails repository;
  private List<HostRow> hostRows;
  private List<RepositoryDay> days;

  /** Shows the page, or that there is no such repository. */
  public void open() {
    try {
      load();
    } catch (NotFound e) {
      Refusals.answerNotFound();
      return;
    }
    live.shows("repository-head", repository);
    live.shows("hosts", List.of(hostRows, repository.adminSlot()));
    live.shows("history", days());
    live.shows(
        "access", List.of(repository.statistics(), access.getUses(), repository.adminSlot()));
    live.shows("maintenance", maintenance.shown());
    live.shows("rotation", rotation.shown());
  }

  /** Shows what has changed. */
  public void refresh() {
    load();
    live.refresh("repository-head", repository);
    live.refresh("hosts", List.of(hostRows, repository.adminSlot()));
    live.refresh("history", days());
    live.refresh(
        "access", List.of(repository.statistics(), access.getUses(), repository.adminSlot()));
    live.refresh("maintenance", maintenance.shown());
    live.refresh("rotation", rotation.shown());
    live.answer();
  }

  private void load() {
    RepositoryId repositoryId = RepositoryId.parse(id);
    repository = repositories.find(repositoryId);
    hostRows =
        hosts.names(repositories.hostsOf(repositoryId)).entrySet().stream()
            .map(host -> new HostRow(host.getKey().toString(), host.getValue()))
            .sorted(Comparator.comparing(HostRow::name))
            .toList();
  }

  private void need() {
    if (repository == null) {
      load();
    }
  }

  /** Lets the host that the button names try the credentials of a slot, and leads to the answer. */
  public String test(String slot) {
    try {
      JobDetails job =
          tests.test(
              RepositoryId.parse(id), Slot.named(slot), HostId.parse(Address.parameter("host")));
      return "/job.xhtml?faces-redirect=true&id=" + job.id();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** Takes the admin credentials away. */
  public String removeAdminCredentials() {
    repositories.removeAdminCredentials(RepositoryId.parse(id));
    return "/repository.xhtml?faces-redirect=true&id=" + id;
  }

  /** Has the repository made anew, and leads to the job. */
  public String makeAnew() {
    try {
      JobDetails job = initialisations.again(RepositoryId.parse(id), typedName);
      return "/job.xhtml?faces-redirect=true&id=" + job.id();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  public String getTypedName() {
    return typedName;
  }

  public void setTypedName(String typedName) {
    this.typedName = typedName;
  }

  /** Removes the repository, and leads to the others. */
  public String remove() {
    try {
      repositories.remove(RepositoryId.parse(id), current -> {});
      return "/repositories.xhtml?faces-redirect=true";
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** The repository. */
  public RepositoryDetails getRepository() {
    need();
    return repository;
  }

  /** For the badge. */
  public State getState() {
    return State.of(getRepository());
  }

  /** How often less is stored than restic was given. */
  public String getRatio() {
    return times(getRepository().statistics().dedupRatio(), 1);
  }

  /** How much smaller compression makes what is stored. */
  public String getCompression() {
    return times(getRepository().statistics().compressionRatio(), 2);
  }

  private String times(double ratio, int digits) {
    NumberFormat format = NumberFormat.getNumberInstance(Wording.locale());
    format.setMaximumFractionDigits(digits);
    return wording.text("repository.ratio.of", format.format(ratio));
  }

  /** What the last prune freed. */
  public String getFreed() {
    return wording.text(
        "repository.freed", wording.bytes(getRepository().statistics().lastPruneFreedBytes()));
  }

  /** Both slots, whether they are set or not. */
  public List<SlotRow> getSlots() {
    return Arrays.stream(Slot.values())
        .map(slot -> SlotRow.of(slot, getRepository(), wording))
        .toList();
  }

  /** The first hosts by name. */
  public List<HostRow> getHosts() {
    need();
    return hostRows.subList(0, Math.min(SHOWN_HOSTS, hostRows.size()));
  }

  /** How many hosts are not among them. */
  public int getOtherHosts() {
    return hostRows.size() - getHosts().size();
  }

  private List<RepositoryDay> days() {
    if (days == null) {
      days = repositories.history(RepositoryId.parse(id), "", CHART_DAYS).items();
    }
    return days;
  }

  /** The last days on which somebody has reported, newest first. */
  public List<RepositoryDay> getHistory() {
    return days().subList(0, Math.min(TABLE_DAYS, days().size()));
  }

  /** How its size went; null if it is not known for two days. */
  public GrowthChart getGrowth() {
    return GrowthChart.of(days()).orElse(null);
  }

  /** The same in words. */
  public String getGrowthInWords() {
    GrowthChart growth = getGrowth();
    String key = growth.grownBytes() < 0 ? "repository.shrunk" : "repository.grown";
    return wording.text(
        key, wording.bytes(Math.abs(growth.grownBytes())), wording.days(growth.span()));
  }

  public String getId() {
    return id;
  }

  /** A host that backs up here. */
  public record HostRow(String id, String name) {}
}
