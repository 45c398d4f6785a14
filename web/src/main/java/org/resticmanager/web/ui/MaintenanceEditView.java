package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.maintenance.Maintenance;
import org.resticmanager.maintenance.MaintenancePlan;
import org.resticmanager.maintenance.MaintenanceState;
import org.resticmanager.maintenance.Moment;
import org.resticmanager.maintenance.Operation;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.platform.Zones;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.Cron;

/** The form for a repository's maintenance plan. */
@Named
@RequestScoped
public class MaintenanceEditView {

  @Inject private Maintenance maintenance;
  @Inject private Wording wording;

  private final String id = Address.parameter("id");
  private final Map<String, MomentForm> moments = new LinkedHashMap<>();
  private String checkPercent;
  private String forgetSharePercent;
  private String forgetFew;
  private String seen;

  public MaintenanceEditView() {
    for (Operation operation : Operation.values()) {
      if (operation.usual().isPresent()) {
        moments.put(operation.word(), new MomentForm());
      }
    }
  }

  /** Shows the form with what there is, or that there is no such repository. */
  public void open() {
    try {
      show(maintenance.find(RepositoryId.parse(id)));
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  private void show(MaintenanceState state) {
    MaintenancePlan plan = state.plan();
    plan.moments().forEach((operation, moment) -> moments.get(operation.word()).show(moment));
    checkPercent = Integer.toString(plan.checkPercent());
    forgetSharePercent = Integer.toString(plan.forgetSharePercent());
    forgetFew = Integer.toString(plan.forgetFew());
    seen = Seen.of(Optional.of(state.version()));
  }

  /** Saves, and leads to the repository. */
  public String save() {
    try {
      maintenance.edit(
          RepositoryId.parse(id),
          state -> {
            Seen.require(seen, Optional.of(state.version()), wording);
            return wanted(state.plan());
          });
      return "/repository.xhtml?faces-redirect=true&id=" + id;
    } catch (Invalid e) {
      // an id on a page has no dot
      Refusals.showAt(e.field().orElse("").replace('.', '-'), e);
      return null;
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  private MaintenancePlan wanted(MaintenancePlan known) {
    MaintenancePlan plan =
        new MaintenancePlan(
            known.moments(),
            Amount.whole(checkPercent, "check.percent"),
            Amount.whole(forgetSharePercent, "forget.sharePercent"),
            Amount.whole(forgetFew, "forget.few"));
    for (Map.Entry<String, MomentForm> form : moments.entrySet()) {
      plan = plan.with(Operation.named(form.getKey()), form.getValue().moment(form.getKey()));
    }
    return plan;
  }

  /** The fields of each operation, by its word. */
  public Map<String, MomentForm> getMoments() {
    return moments;
  }

  public String getId() {
    return id;
  }

  public String getCheckPercent() {
    return checkPercent;
  }

  public void setCheckPercent(String checkPercent) {
    this.checkPercent = checkPercent;
  }

  public String getForgetSharePercent() {
    return forgetSharePercent;
  }

  public void setForgetSharePercent(String forgetSharePercent) {
    this.forgetSharePercent = forgetSharePercent;
  }

  public String getForgetFew() {
    return forgetFew;
  }

  public void setForgetFew(String forgetFew) {
    this.forgetFew = forgetFew;
  }

  public String getSeen() {
    return seen;
  }

  public void setSeen(String seen) {
    this.seen = seen;
  }

  /** When one operation is due, as the form has it. */
  public static final class MomentForm {

    private String cron;
    private String zone;
    private boolean enabled;

    private void show(Moment moment) {
      cron = moment.cron().expression();
      zone = moment.zone().getId();
      enabled = moment.enabled();
    }

    private Moment moment(String operation) {
      try {
        return new Moment(new Cron(cron), Zones.named(zone), enabled);
      } catch (Invalid e) {
        throw e.inside(operation);
      }
    }

    public String getCron() {
      return cron;
    }

    public void setCron(String cron) {
      this.cron = cron;
    }

    public String getZone() {
      return zone;
    }

    public void setZone(String zone) {
      this.zone = zone;
    }

    public boolean isEnabled() {
      return enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }
  }
}
