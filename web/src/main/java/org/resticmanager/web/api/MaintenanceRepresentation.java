package org.resticmanager.web.api;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.resticmanager.maintenance.MaintenancePlan;
import org.resticmanager.maintenance.MaintenanceState;
import org.resticmanager.maintenance.MaintenanceState.OperationState;
import org.resticmanager.maintenance.Moment;
import org.resticmanager.maintenance.Obstacle;
import org.resticmanager.maintenance.Operation;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Zones;
import org.resticmanager.source.Cron;

/**
 * The maintenance of a repository. On writing, what is absent stays as it is, and what nobody
 * decides is ignored.
 *
 * @param version counts the changes of the plan
 * @param policyVersion names the retentions by which a forget removes snapshots now; whoever has
 *     looked at what would go confirms it with this
 * @param forget removes the snapshots that no retention keeps
 * @param prune deletes what no snapshot needs
 * @param check looks whether the repository is whole
 * @param unlock takes away locks of the dead; on request only
 */
public record MaintenanceRepresentation(
    Long version,
    String policyVersion,
    OperationRepresentation forget,
    OperationRepresentation prune,
    OperationRepresentation check,
    OperationRepresentation unlock)
    implements Editable {

  /**
   * @param cron when it is due, five fields, by the clock of the zone
   * @param zone a time zone
   * @param enabled whether it is done by itself
   * @param sharePercent of a forget: one that would remove more than this share of a source group's
   *     snapshots is refused
   * @param few of a forget: so many may go whatever share they are
   * @param percent of a check: how much of the data it reads
   * @param nextPart of a check: the part of the data that the next one reads, as in {@code 3/20};
   *     absent if it reads none
   * @param nextAt when it is due; in the past while it waits for what is in its way
   * @param blocked what is in its way; absent if nothing is
   * @param refused of a forget: whether the newest one would have removed too much
   * @param jobs the newest job of each host, newest first
   */
  public record OperationRepresentation(
      String cron,
      String zone,
      Boolean enabled,
      Integer sharePercent,
      Integer few,
      Integer percent,
      String nextPart,
      Instant nextAt,
      ObstacleRepresentation blocked,
      Boolean refused,
      List<JobRepresentation> jobs) {

    private static OperationRepresentation of(MaintenanceState state, Operation operation) {
      OperationState now = state.of(operation);
      MaintenancePlan plan = state.plan();
      Moment moment = plan.moments().get(operation);
      boolean forget = operation == Operation.FORGET;
      boolean check = operation == Operation.CHECK;
      return new OperationRepresentation(
          moment == null ? null : moment.cron().expression(),
          moment == null ? null : moment.zone().getId(),
          moment == null ? null : moment.enabled(),
          forget ? plan.forgetSharePercent() : null,
          forget ? plan.forgetFew() : null,
          check ? plan.checkPercent() : null,
          check && state.checkParts() > 0 ? state.checkPart() + "/" + state.checkParts() : null,
          now.nextAt().orElse(null),
          now.blocked().map(ObstacleRepresentation::of).orElse(null),
          forget ? !now.refused().isEmpty() : null,
          now.jobs().stream().map(JobRepresentation::of).toList());
    }

    private List<Object> moment() {
      return List.of(cron, zone, enabled);
    }

    private static Moment moment(OperationRepresentation given, Operation operation, Moment known) {
      return given == null
          ? known
          : new Moment(
              given.cron == null ? known.cron() : cron(given.cron, operation),
              given.zone == null ? known.zone() : zone(given.zone, operation),
              given.enabled == null ? known.enabled() : given.enabled);
    }

    private static Cron cron(String expression, Operation operation) {
      try {
        return new Cron(expression);
      } catch (Invalid e) {
        throw e.inside(operation.word());
      }
    }

    private static ZoneId zone(String name, Operation operation) {
      try {
        return Zones.named(name);
      } catch (Invalid e) {
        throw e.inside(operation.word());
      }
    }
  }

  /**
   * @param code for programs; never changes
   * @param detail for people
   */
  public record ObstacleRepresentation(String code, String detail) {

    private static ObstacleRepresentation of(Obstacle obstacle) {
      return new ObstacleRepresentation(obstacle.code(), obstacle.words());
    }
  }

  static MaintenanceRepresentation of(MaintenanceState state) {
    return new MaintenanceRepresentation(
        state.version(),
        state.policyVersion(),
        OperationRepresentation.of(state, Operation.FORGET),
        OperationRepresentation.of(state, Operation.PRUNE),
        OperationRepresentation.of(state, Operation.CHECK),
        OperationRepresentation.of(state, Operation.UNLOCK));
  }

  @Override
  public List<Object> editable() {
    return List.of(
        forget.moment(),
        forget.sharePercent,
        forget.few,
        prune.moment(),
        check.moment(),
        check.percent);
  }

  /** The plan that is wanted, of one that is known. */
  MaintenancePlan changing(MaintenancePlan known) {
    MaintenancePlan wanted =
        new MaintenancePlan(
            known.moments(),
            check == null || check.percent == null ? known.checkPercent() : check.percent,
            forget == null || forget.sharePercent == null
                ? known.forgetSharePercent()
                : forget.sharePercent,
            forget == null || forget.few == null ? known.forgetFew() : forget.few);
    return wanted
        .with(Operation.FORGET, moment(forget, Operation.FORGET, known))
        .with(Operation.PRUNE, moment(prune, Operation.PRUNE, known))
        .with(Operation.CHECK, moment(check, Operation.CHECK, known));
  }

  private static Moment moment(
      OperationRepresentation given, Operation operation, MaintenancePlan known) {
    return OperationRepresentation.moment(given, operation, known.moments().get(operation));
  }
}
