package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.AuditActions;
import org.resticmanager.audit.AuditChain;
import org.resticmanager.audit.AuditEvent;
import org.resticmanager.audit.AuditFilter;
import org.resticmanager.audit.Verification;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Page;
import org.resticmanager.secret.UnreadableSecret;

/** The audit trail, newest first, and which events a person wants to see. */
@Named
@RequestScoped
public class AuditView {

  private static final int PAGE_SIZE = 50;

  @Inject private Audit audit;
  @Inject private AuditChain chain;
  @Inject private Wording wording;
  @Inject private Clock clock;

  private final String actor = Address.parameter("actor").strip();
  private final String action = Address.parameter("action").strip();
  private final String target = Address.parameter("target").strip();
  private final String since = Address.parameter("since");
  private final String after = Address.parameter("after");
  private Page<AuditEvent> page;
  private Verification verification;
  private String unreadable;

  /** Shows the page, or that its address asks for what cannot be. */
  public void open() {
    try {
      page();
    } catch (Invalid e) {
      page = new Page<>(List.of(), Optional.empty());
      Refusals.answerNotFound();
    }
  }

  private Page<AuditEvent> page() {
    if (page == null) {
      page = audit.list(filter(), after, PAGE_SIZE);
    }
    return page;
  }

  private AuditFilter filter() {
    return AuditFilter.parse(actor, action, target, from(), "");
  }

  private String from() {
    return Spans.from(since, clock.instant()).map(Object::toString).orElse("");
  }

  /** Checks every event, and shows what came of it. */
  public void verify() {
    try {
      verification = chain.verify();
    } catch (UnreadableSecret e) {
      unreadable = Refusals.inWords(e);
    }
  }

  /** What the check has found; null if none was asked for. */
  public Verification getVerification() {
    return verification;
  }

  /** Why nothing could be checked; null if it could. */
  public String getUnreadable() {
    return unreadable;
  }

  /** The events of this page. */
  public List<AuditRow> getRows() {
    return page().items().stream().map(AuditRow::of).toList();
  }

  /** The address of the same events as a table. */
  public String getExport() {
    return "/api/v1/audit-events/export.csv?actor="
        + encoded(actor)
        + "&action="
        + encoded(action)
        + "&target="
        + encoded(target)
        + "&from="
        + encoded(from());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What may be chosen as time. */
  public List<JobsView.Choice> getSpans() {
    return Spans.choices(since, wording);
  }

  /** What is offered as action: each by its name, and all of a kind by its beginning. */
  public List<String> getActions() {
    return AuditActions.ALL.stream()
        .flatMap(name -> Stream.of(name.substring(0, name.indexOf('.') + 1), name))
        .distinct()
        .toList();
  }

  /** Whether some events may be left out. */
  public boolean isFiltered() {
    return !(actor + action + target + since).isEmpty();
  }

  public String getActor() {
    return actor;
  }

  public String getAction() {
    return action;
  }

  public String getTarget() {
    return target;
  }

  public String getSince() {
    return since;
  }

  /** Where the page before ended; empty on the first. */
  public String getAfter() {
    return after;
  }

  /** Where this page ends if more events follow, else null. */
  public String getNext() {
    return page().nextCursor().orElse(null);
  }
}
