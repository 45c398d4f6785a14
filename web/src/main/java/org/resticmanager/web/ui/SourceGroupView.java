package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.source.Hooks;
import org.resticmanager.source.Paths;
import org.resticmanager.source.Retention;
import org.resticmanager.source.RetryRule;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroupPlan;
import org.resticmanager.source.SourceGroups;

/** The form for a new source group of a host, or for one that the address names. */
@Named
@RequestScoped
public class SourceGroupView {

  @Inject private SourceGroups sourceGroups;
  @Inject private FormHost host;
  @Inject private RetentionPreviewView preview;
  @Inject private Wording wording;

  private final String group = Address.parameter("group");
  private final Map<String, String> fields = new HashMap<>();
  private boolean excludeCaches;
  private boolean oneFileSystem;
  private String seen = "";

  /** Shows the form with what there is, or that there is no such host or group. */
  public void open() {
    try {
      host.getDetails();
      if (isCreating()) {
        show(newPlan());
      } else {
        SourceGroupDetails details = sourceGroups.find(host.id(), group);
        show(details.plan());
        seen = Seen.of(Optional.of(details));
      }
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  private static SourceGroupPlan newPlan() {
    // made without paths, which the rules do not allow: only its other values are shown
    return new SourceGroupPlan(
        new Paths(List.of("/"), List.of(), true, List.of(), false),
        Retention.SUGGESTED,
        RetryRule.DEFAULT,
        Hooks.NONE,
        0);
  }

  private void show(SourceGroupPlan plan) {
    fields.put("includes", isCreating() ? "" : lines(plan.paths().includes(), "includes"));
    fields.put("excludes", lines(plan.paths().excludes(), "excludes"));
    fields.put("excludeIfPresent", lines(plan.paths().excludeIfPresent(), "excludeIfPresent"));
    excludeCaches = plan.paths().excludeCaches();
    oneFileSystem = plan.paths().oneFileSystem();
    Retention retention = plan.retention();
    fields.put("keepLast", Amount.orNothing(retention.keepLast()));
    fields.put("keepHourly", Amount.orNothing(retention.keepHourly()));
    fields.put("keepDaily", Amount.orNothing(retention.keepDaily()));
    fields.put("keepWeekly", Amount.orNothing(retention.keepWeekly()));
    fields.put("keepMonthly", Amount.orNothing(retention.keepMonthly()));
    fields.put("keepYearly", Amount.orNothing(retention.keepYearly()));
    fields.put("keepWithin", retention.keepWithin());
    fields.put("keepTag", lines(retention.keepTag(), "keepTag"));
    fields.put("retryMax", Integer.toString(plan.retry().max()));
    fields.put("retryBackoffSeconds", Integer.toString(plan.retry().backoffSeconds()));
    fields.put("preHook", plan.hooks().pre());
    fields.put("postHook", plan.hooks().post());
    fields.put("hookTimeoutSeconds", Integer.toString(plan.hooks().timeoutSeconds()));
    fields.put("floorBytes", Amount.size(plan.floorBytes()));
  }

  private String lines(List<String> entries, String field) {
    try {
      return Lines.write(entries, field);
    } catch (Invalid e) {
      Refusals.show(e);
      return String.join(" ", entries);
    }
  }

  /** Saves, and leads to the host. */
  public String save() {
    try {
      sourceGroups.put(host.id(), getName(), plan(), now -> Seen.require(seen, now, wording));
      return host.page();
    } catch (Refusal e) {
      Refusals.show(e);
      keepPreview();
      return null;
    }
  }

  /** The page is shown again, and what was typed with it. */
  private void keepPreview() {
    try {
      previewTyped();
    } catch (Refusal e) {
      // it breaks a rule itself, which is being said: the preview is that of before
    }
  }

  /** Shows what the retention that was typed would do; nothing is saved. */
  public void preview() {
    try {
      previewTyped();
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  private void previewTyped() {
    if (isCreating()) {
      preview.of(Objects.requireNonNullElse(getName(), "").strip(), retention());
    } else {
      preview.of(retention());
    }
  }

  private SourceGroupPlan plan() {
    return new SourceGroupPlan(
        new Paths(
            Lines.read(fields.get("includes")),
            Lines.read(fields.get("excludes")),
            excludeCaches,
            Lines.read(fields.get("excludeIfPresent")),
            oneFileSystem),
        retention(),
        new RetryRule(number("retryMax"), number("retryBackoffSeconds")),
        new Hooks(
            unix(fields.get("preHook")),
            unix(fields.get("postHook")),
            number("hookTimeoutSeconds")),
        Amount.bytes(fields.get("floorBytes"), "floorBytes"));
  }

  private Retention retention() {
    return new Retention(
        number("keepLast"),
        number("keepHourly"),
        number("keepDaily"),
        number("keepWeekly"),
        number("keepMonthly"),
        number("keepYearly"),
        fields.get("keepWithin"),
        Lines.read(fields.get("keepTag")));
  }

  /** Browsers send the line ends of Windows, which no shell takes. */
  private static String unix(String text) {
    return text == null ? "" : text.replace("\r\n", "\n");
  }

  private int number(String field) {
    return Amount.wholeOrNothing(fields.get(field), field);
  }

  /** Removes the group, and leads to the host. */
  public String remove() {
    try {
      sourceGroups.remove(host.id(), group);
      return host.page();
    } catch (Conflict | NotFound e) {
      Refusals.show(e);
      return null;
    }
  }

  /** Whether the group does not exist yet. */
  public boolean isCreating() {
    return group.isEmpty();
  }

  /** What the page is called. */
  public String getTitle() {
    return isCreating() ? wording.text("group.add.title") : wording.visible(group);
  }

  public String getGroup() {
    return group;
  }

  /** The name: typed for a new one, else the group's own. */
  public String getName() {
    return isCreating() ? fields.get("name") : group;
  }

  /** The texts of the form by the ids of their fields. */
  public Map<String, String> getFields() {
    return fields;
  }

  public boolean isExcludeCaches() {
    return excludeCaches;
  }

  public void setExcludeCaches(boolean excludeCaches) {
    this.excludeCaches = excludeCaches;
  }

  public boolean isOneFileSystem() {
    return oneFileSystem;
  }

  public void setOneFileSystem(boolean oneFileSystem) {
    this.oneFileSystem = oneFileSystem;
  }

  public String getSeen() {
    return seen;
  }

  public void setSeen(String seen) {
    this.seen = seen;
  }
}
