package org.resticmanager.web.ui;

import org.resticmanager.health.Concern;
import org.resticmanager.host.HostId;
import org.resticmanager.job.ExitCode;

/**
 * What to do about a host that is not well protected: a button that does it, or the page where it
 * is done.
 *
 * @param kind {@code retry}, {@code run} or {@code page}
 * @param key of what it is called
 * @param page the address of the page; empty for a button
 */
public record Remedy(String kind, String key, String page) {

  static Remedy of(Concern concern, boolean operator, boolean fleetOperator) {
    HostId host = concern.host();
    if (!operator) {
      return seeWhy(concern);
    }
    return switch (concern.judgement().reason()) {
      case BACKUP_FAILED -> ofFailure(concern);
      case BACKUPS_MISSING, BACKUP_OVERDUE ->
          concern.online() ? new Remedy("run", "run-now", "") : seeHost(host);
      case NOT_SCHEDULED -> page("remedy.schedule", "/schedule.xhtml?host=" + host);
      case NO_REPOSITORY ->
          fleetOperator ? page("remedy.connect", "/host.xhtml?id=" + host) : seeHost(host);
      case NOTHING_CHOSEN -> page("remedy.choose", "/source-group.xhtml?host=" + host);
      default -> seeWhy(concern);
    };
  }

  private static Remedy ofFailure(Concern concern) {
    int exitCode = concern.exitCode().orElse(0);
    String repository = concern.repository().map(Object::toString).orElse("");
    if (exitCode == ExitCode.WRONG_PASSWORD) {
      return page("remedy.password", "/repository-credentials.xhtml?slot=repo&id=" + repository);
    }
    if (exitCode == ExitCode.NO_REPOSITORY || exitCode == ExitCode.LOCKED) {
      return page("remedy.repository", "/repository.xhtml?id=" + repository);
    }
    return new Remedy("retry", "remedy.retry", "");
  }

  private static Remedy seeWhy(Concern concern) {
    return concern
        .judgement()
        .job()
        .map(job -> page("remedy.job", "/job.xhtml?id=" + job))
        .orElseGet(() -> seeHost(concern.host()));
  }

  private static Remedy seeHost(HostId host) {
    return page("remedy.host", "/host.xhtml?id=" + host);
  }

  private static Remedy page(String key, String address) {
    return new Remedy("page", key, address);
  }
}
