package org.resticmanager.maintenance;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import org.resticmanager.audit.Facts;
import org.resticmanager.platform.Invalid;

/**
 * What an operator decides about the maintenance of a repository.
 *
 * @param moments when each operation is due; all but unlock
 * @param checkPercent how much of the data each check reads, from 0 to 100: all of it after so many
 *     checks
 * @param forgetSharePercent a forget that would remove more than this share of the snapshots of a
 *     source group is refused, from 1 to 100
 * @param forgetFew so many may go whatever share they are
 */
public record MaintenancePlan(
    Map<Operation, Moment> moments, int checkPercent, int forgetSharePercent, int forgetFew) {

  private static final int PERCENT = 100;
  private static final int MOST = 1_000_000;

  /**
   * @throws Invalid if a number is out of its range
   */
  public MaintenancePlan {
    moments = Map.copyOf(requireNonNull(moments));
    require(checkPercent, 0, PERCENT, "check.percent");
    require(forgetSharePercent, 1, PERCENT, "forget.sharePercent");
    require(forgetFew, 0, MOST, "forget.few");
    for (Operation operation : Operation.values()) {
      if (operation.usual().isPresent() != moments.containsKey(operation)) {
        throw new IllegalArgumentException("a moment for each operation but unlock");
      }
    }
  }

  private static void require(int value, int lowest, int highest, String field) {
    if (value < lowest || value > highest) {
      throw new Invalid(field, "must be from " + lowest + " to " + highest);
    }
  }

  /** The same with another moment for an operation. */
  public MaintenancePlan with(Operation operation, Moment moment) {
    Map<Operation, Moment> changed = new EnumMap<>(moments);
    changed.put(operation, moment);
    return new MaintenancePlan(changed, checkPercent, forgetSharePercent, forgetFew);
  }

  /** For the audit trail. */
  Facts facts() {
    Facts facts =
        Facts.with("checkPercent", checkPercent)
            .and("forgetSharePercent", forgetSharePercent)
            .and("forgetFew", forgetFew);
    for (Operation operation : Operation.values()) {
      Moment moment = moments.get(operation);
      if (moment != null) {
        facts =
            facts.and(
                operation.word(),
                Facts.with("cron", moment.cron().expression())
                    .and("zone", moment.zone())
                    .and("enabled", moment.enabled()));
      }
    }
    return facts;
  }

  /** After so many checks all data was read; 0 if none reads any. */
  int checkParts() {
    return checkPercent == 0 ? 0 : (PERCENT + checkPercent - 1) / checkPercent;
  }
}
