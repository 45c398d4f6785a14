package org.resticmanager.metric;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;
import org.resticmanager.connection.Connections;
import org.resticmanager.health.Health;
import org.resticmanager.job.JobEnded;
import org.resticmanager.joblog.JobLogIngest;
import org.resticmanager.platform.ControlPlaneSettings;

/**
 * The node's metrics, for Prometheus. docs/metrics.md lists them, and a test compares. All are
 * there from the beginning, so that an alert need not tell nothing from nothing yet.
 */
@ApplicationScoped
public class Meters {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final JobMeters jobs = new JobMeters(registry);

  @Inject private Connections connections;
  @Inject private JobLogIngest jobLog;
  @Inject private FleetStore fleet;
  @Inject private ControlPlaneSettings settings;

  /** As it stood at the last scrape; the registry holds what it measures only weakly. */
  private volatile Fleet asOfNow = Fleet.UNKNOWN;

  @PostConstruct
  void begin() {
    Gauge.builder("restic.manager.info", () -> 1)
        .description("The version of this node; always 1")
        .tag("version", settings.version())
        .register(registry);
    Gauge.builder("restic.manager.agents.connected", connections, all -> all.hosts().size())
        .description("Agents connected to this node")
        .register(registry);
    Gauge.builder("restic.manager.agents.unsent", connections, Connections::unsentBytes)
        .description("What waits to be sent to the agents of this node")
        .baseUnit("bytes")
        .register(registry);
    FunctionCounter.builder("restic.manager.job.log.lines", jobLog, JobLogIngest::linesStored)
        .description("Log lines that this node has stored")
        .register(registry);
    ofFleet("restic.manager.hosts", "Hosts", "", Fleet::allHosts);
    ofFleet("restic.manager.hosts.online", "Hosts heard of within 90 seconds", "", Fleet::online);
    for (Health health : Health.values()) {
      Gauge.builder("restic.manager.hosts.protection", this, meters -> meters.asOfNow.hosts(health))
          .description("Hosts by how well they are protected, on all nodes")
          .tag("health", health.word())
          .register(registry);
    }
    ofFleet(
        "restic.manager.repositories.damaged",
        "Repositories in which the last check found something",
        "",
        Fleet::damaged);
    ofFleet("restic.manager.jobs.queued", "Jobs that wait", "", Fleet::queued);
    ofFleet("restic.manager.jobs.running", "Jobs that run", "", Fleet::running);
    ofFleet(
        "restic.manager.queue.age",
        "How long the job waits that was due first; 0 if none does",
        "seconds",
        Fleet::oldestSeconds);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private void ofFleet(
      String name, String description, String unit, ToDoubleFunction<Fleet> number) {
    Gauge.builder(name, this, meters -> number.applyAsDouble(meters.asOfNow))
        .description(description + ", on all nodes")
        .baseUnit(unit.isEmpty() ? null : unit)
        .register(registry);
  }

  void onEnded(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobEnded event) {
    jobs.ended(event.job());
  }

  /** All of them as they stand now, as text in Prometheus' format. */
  public String scrape() {
    asOfNow = fleet.read();
    return registry.scrape();
  }

  @PreDestroy
  void end() {
    registry.close();
  }
}
