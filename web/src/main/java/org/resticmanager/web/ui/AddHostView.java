package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.resticmanager.enrolment.EnrolmentToken;
import org.resticmanager.enrolment.EnrolmentTokenDetails;
import org.resticmanager.enrolment.EnrolmentTokens;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.ControlPlaneSettings;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.platform.Refusal;
import org.resticmanager.web.download.AgentFile;

/**
 * The way of a machine to become a host: a token, what to do with it, what has come of it, and the
 * tokens made before.
 */
@Named
@RequestScoped
public class AddHostView {

  private static final int PAGE_SIZE = 20;

  @Inject private EnrolmentTokens tokens;
  @Inject private Hosts hosts;
  @Inject private ControlPlaneSettings settings;
  @Inject private AgentFile agent;
  @Inject private LiveRegions live;
  @Inject private Person person;
  @Inject private Wording wording;

  private final String hostId = Address.parameter("host");
  private final String after = Address.parameter("after");
  private String watched = Address.parameter("token");
  private String label;
  private EnrolmentToken token;
  private HostDetails host;
  private Page<EnrolmentTokenDetails> page;
  private List<TokenRow> rows;

  /** Shows the page, or that there is no such host. */
  public void open() {
    try {
      getHost();
    } catch (NotFound e) {
      Refusals.answerNotFound();
      return;
    }
    if (person.isOperator()) {
      showAll();
    }
  }

  private void showAll() {
    live.shows("arrival", Optional.ofNullable(getArrival()));
    live.shows("tokens", getRows());
  }

  /** Shows what has changed. */
  public void refresh() {
    live.refresh("arrival", Optional.ofNullable(getArrival()));
    live.refresh("tokens", getRows());
    live.answer();
  }

  /** Makes a token, and shows what to do with it. */
  public void create() {
    try {
      token =
          tokens.create(
              Objects.requireNonNullElse(label, ""),
              hostId.isEmpty() ? Optional.empty() : Optional.of(HostId.parse(hostId)));
      watched = token.id().toString();
      showAll();
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  /** Makes the token that the button names worthless. */
  public void revoke() {
    try {
      tokens.revoke(Address.parameter("revoked"));
    } catch (Refusal e) {
      Refusals.show(e);
    }
    page = null; // the button was looked for in the rows before
    rows = null;
  }

  /** What became of the token that was made on this page; null if none was. */
  public Arrival getArrival() {
    if (watched.isEmpty()) {
      return null;
    }
    EnrolmentTokenDetails details = tokens.find(watched);
    HostDetails newHost = details.usedBy().map(hosts::find).orElse(null);
    return new Arrival(State.ofArrival(details.state(), newHost), newHost);
  }

  /** The tokens, newest first. */
  public List<TokenRow> getRows() {
    if (rows == null) {
      Map<HostId, String> names =
          hosts.names(
              page().items().stream()
                  .flatMap(details -> details.usedBy().or(details::forHost).stream())
                  .distinct()
                  .toList());
      rows = page().items().stream().map(details -> row(details, names)).toList();
    }
    return rows;
  }

  private static TokenRow row(EnrolmentTokenDetails details, Map<HostId, String> names) {
    Optional<HostId> host = details.usedBy().or(details::forHost);
    return new TokenRow(
        details,
        State.of(details.state()),
        host.map(HostId::toString).orElse(null),
        host.map(names::get).orElse(null));
  }

  private Page<EnrolmentTokenDetails> page() {
    if (page == null) {
      page = tokens.list(after, PAGE_SIZE);
    }
    return page;
  }

  /** Where older tokens begin; null if there are none. */
  public String getOlder() {
    return page().nextCursor().orElse(null);
  }

  /** What installs the agent on a Linux machine. No secret stands in it: it asks for the token. */
  public String getInstallLine() {
    return "curl -fsSo install.sh "
        + settings.url()
        + "/install.sh && sudo sh install.sh --sha256 "
        + agent.sha256()
        + replacing();
  }

  /** Where the agent is, for machines that run no such script. */
  public String getAgentUrl() {
    return settings.url() + "/agent/" + AgentFile.NAME;
  }

  /** What to run on the machine that is to become a host. */
  public String getEnrolLine() {
    return "java -jar restic-manager-agent.jar enrol --server "
        + settings.url()
        + " --token-file -"
        + replacing();
  }

  private String replacing() {
    return hostId.isEmpty() ? "" : " --replace";
  }

  /** The token just made; null if none was. */
  public EnrolmentToken getToken() {
    return token;
  }

  /** The id of the token that was made on this page; empty if none was. */
  public String getWatched() {
    return watched;
  }

  /** The page's heading. */
  public String getTitle() {
    return wording.text(hostId.isEmpty() ? "add-host.title" : "add-host.again");
  }

  /** The host that is to be enrolled anew; null for a new one. */
  public HostDetails getHost() {
    if (host == null && !hostId.isEmpty()) {
      host = hosts.find(HostId.parse(hostId));
    }
    return host;
  }

  public String getHostId() {
    return hostId;
  }

  public String getAfter() {
    return after;
  }

  public String getLabel() {
    return label;
  }

  public void setLabel(String label) {
    this.label = label;
  }

  /**
   * What has come of a token.
   *
   * @param state for the badge
   * @param host that has enrolled; null if none has
   */
  public record Arrival(State state, HostDetails host) {}

  /**
   * A token as a line of the list.
   *
   * @param token the token
   * @param state for the badge
   * @param hostId the host that came of it, or that it is for; null if there is none
   * @param hostName its name; null if there is none
   */
  public record TokenRow(EnrolmentTokenDetails token, State state, String hostId, String hostName) {

    /** Whether it can still be revoked. */
    public boolean open() {
      return token.state() == EnrolmentTokenDetails.State.OPEN;
    }
  }
}
