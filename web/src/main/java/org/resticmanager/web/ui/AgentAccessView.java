package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.resticmanager.connection.ConnectionEvent;
import org.resticmanager.connection.ConnectionEvents;
import org.resticmanager.enrolment.AgentAccess;
import org.resticmanager.enrolment.AgentTokens;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.platform.Refusal;

/** Whether a host's agent may sign in: its token, what was noticed of it, and how to end it. */
@Named
@RequestScoped
public class AgentAccessView {

  private static final int PAGE_SIZE = 20;

  @Inject private Hosts hosts;
  @Inject private AgentTokens tokens;
  @Inject private ConnectionEvents events;
  @Inject private LiveRegions live;

  private final String hostId = Address.parameter("host");
  private final String after = Address.parameter("after");
  private HostDetails host;
  private AgentAccess access;
  private Page<ConnectionEvent> page;

  /** Shows the page, or that there is no such host. */
  public void open() {
    try {
      live.shows("access", getAccess());
      live.shows("events", getEvents());
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  /** Shows what has changed. */
  public void refresh() {
    live.refresh("access", getAccess());
    live.refresh("events", getEvents());
    live.answer();
  }

  /** The agent is to get another token. */
  public void rotate() {
    try {
      tokens.rotate(HostId.parse(hostId));
    } catch (Refusal e) {
      Refusals.show(e);
    }
    access = null; // the buttons were looked for in the state before
  }

  /** The agent may not sign in any more, and its connection is closed. */
  public void cutOff() {
    try {
      tokens.cutOff(HostId.parse(hostId));
    } catch (Refusal e) {
      Refusals.show(e);
    }
    access = null; // the buttons were looked for in the state before
  }

  /** How the agent stands. */
  public AgentAccess getAccess() {
    if (access == null) {
      access = tokens.access(HostId.parse(hostId));
    }
    return access;
  }

  /** For the badge. */
  public State getState() {
    return State.of(getAccess());
  }

  /** What was noticed of its connection, newest first. */
  public List<ConnectionEvent> getEvents() {
    return page().items();
  }

  /** Where older events begin; null if there are none. */
  public String getOlder() {
    return page().nextCursor().orElse(null);
  }

  private Page<ConnectionEvent> page() {
    if (page == null) {
      page = events.of(HostId.parse(hostId), after, PAGE_SIZE);
    }
    return page;
  }

  /** The host. */
  public HostDetails getHost() {
    if (host == null) {
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
}
