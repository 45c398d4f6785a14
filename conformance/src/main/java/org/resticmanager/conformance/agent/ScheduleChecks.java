package org.resticmanager.conformance.agent;

import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.socket.Door;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.protocol.wire.Schedule;
import org.resticmanager.protocol.wire.Schedule.ScheduledSourceGroup;
import org.resticmanager.protocol.wire.ScheduleSet;

/** Sections 2 and 3.5: schedules. */
final class ScheduleChecks {

  private static final String EVERY_MINUTE = "* * * * *";
  private static final String YEARLY = "30 3 1 1 *";
  private static final Duration TWO_MINUTES = Duration.ofSeconds(125);
  private static final Duration FIRE_LIMIT = Duration.ofSeconds(70);

  private final Agent agent;

  ScheduleChecks(Agent agent) {
    this.agent = agent;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "2",
            "schedule-ack",
            "schedule.set is acknowledged with its version and the time",
            () -> acknowledged(List.of(schedule("s1", YEARLY, true)))),
        Check.of(
            "2",
            "schedule-ack-empty",
            "so is one without schedules",
            () -> acknowledged(List.of())),
        Check.of(
            "3",
            "schedule-ack-older",
            "an older or repeated version is acknowledged too",
            this::olderIsAcknowledged),
        Check.of(
            "1",
            "schedule-null-list",
            "an absent list of schedules that comes as null is an empty one",
            () -> raw("null")),
        Check.of(
            "1",
            "schedule-null-groups",
            "so is an absent list of source groups; unknown keys are ignored",
            () ->
                raw(
                    "[{\"source_groups\":null,\"x\":[1],\"enabled\":true,\"cron_expr\":\""
                        + YEARLY
                        + "\",\"id\":\"s1\"}]")),
        Check.of(
            "5",
            "schedule-bad-cron",
            "a cron expression that is none does not cost the connection",
            this::badCron),
        Check.slow(
            "2",
            "schedule-fire",
            "an enabled entry fires with its true scheduled_at, a disabled one does not",
            this::fires),
        Check.slow(
            "3",
            "schedule-fire-stops",
            "an empty list ends all firing, and an older version is not applied again",
            this::stops),
        Check.slow(
            "3",
            "schedule-fire-offline",
            "what fired while the server was away is told afterwards, with its true scheduled_at",
            this::firesOffline));
  }

  private Schedule schedule(String id, String cron, boolean enabled) {
    return new Schedule(
        id,
        cron,
        "",
        enabled,
        List.of(
            new ScheduledSourceGroup(
                "conformance",
                List.of(agent.workbench().source().toString()),
                List.of(),
                null,
                0,
                0)));
  }

  private void acknowledged(List<Schedule> schedules) throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    ScheduleSet set = agent.schedules(schedules);
    Frame ack = server.schedules(set);
    if (ack.number("version") != set.version()
        || !(ack.payload().get("applied_at") instanceof JsonString)) {
      throw new Broken("schedule.ack with version " + set.version() + " and applied_at", "" + ack);
    }
  }

  private void olderIsAcknowledged() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    server.schedules(agent.schedules(List.of()));
    long applied = agent.lastVersion();
    for (long version : List.of(applied, applied - 1)) {
      Frame ack = server.schedules(new ScheduleSet(version, List.of()));
      if (ack.number("version") != version && ack.number("version") != applied) {
        throw new Broken(
            "schedule.ack with the version sent or applied (" + version + " or " + applied + ")",
            ack.toString());
      }
    }
  }

  private void raw(String schedules) throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    long version = agent.schedules(List.of()).version();
    server
        .talk()
        .sendRaw(
            "{\"payload\":{\"schedules\":"
                + schedules
                + ",\"version\":"
                + version
                + ",\"x\":{}},\"type\":\"schedule.set\"}");
    Frame ack = server.talk().expect("schedule.ack");
    if (ack.number("version") != version) {
      throw new Broken("schedule.ack with version " + version, ack.toString());
    }
  }

  private void badCron() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    server.talk().send(agent.schedules(List.of(schedule("s1", "every day at noon", true))));
    server
        .talk()
        .expect(
            "schedule.ack or error",
            frame -> frame.type().equals("schedule.ack") || frame.type().equals("error"));
    server.talk().expectOpen("a cron expression that is none");
  }

  private void fires() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    server.schedules(
        agent.schedules(
            List.of(schedule("on", EVERY_MINUTE, true), schedule("off", EVERY_MINUTE, false))));
    Frame fire = fire(server, FIRE_LIMIT);
    Instant scheduledAt = Instant.parse(fire.text("scheduled_at"));
    Instant now = Instant.now();
    if (!scheduledAt.truncatedTo(ChronoUnit.MINUTES).equals(scheduledAt)
        || scheduledAt.isAfter(now)
        || scheduledAt.isBefore(now.minusSeconds(15))) {
      throw new Broken(
          "scheduled_at to be the full minute that has just begun, at " + now, fire.toString());
    }
    server.talk().listen(agent.patience().quiet());
    if (server.talk().heard().stream()
        .anyMatch(f -> f.type().equals("schedule.fire") && f.text("schedule_id").equals("off"))) {
      throw new Broken("no fire of a disabled schedule", "there was one");
    }
    server.schedules(agent.schedules(List.of()));
  }

  private static Frame fire(PlayedServer server, Duration limit) throws InterruptedException {
    return server
        .talk()
        .expect(
            "schedule.fire of an enabled schedule that fires every minute",
            f -> f.type().equals("schedule.fire") && f.text("schedule_id").equals("on"),
            limit);
  }

  private void stops() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    ScheduleSet firing = agent.schedules(List.of(schedule("on", EVERY_MINUTE, true)));
    server.schedules(firing);
    fire(server, FIRE_LIMIT);
    server.schedules(agent.schedules(List.of()));
    server.schedules(firing);
    server.talk().forgetPending();
    server.talk().expectNone("fire", f -> f.type().equals("schedule.fire"), FIRE_LIMIT);
  }

  private void firesOffline() throws Exception {
    PlayedServer server = agent.connection(Speech.EXTENDED);
    server.schedules(agent.schedules(List.of(schedule("on", EVERY_MINUTE, true))));
    fire(server, FIRE_LIMIT);
    Instant from = Instant.now();
    agent.door().answerWith(Door.Answer.RESET);
    agent.cut();
    Thread.sleep(FIRE_LIMIT.toMillis());
    Instant to = Instant.now();
    agent.door().answerWith(Door.Answer.WELCOME);
    PlayedServer back = agent.visit(Speech.EXTENDED, TWO_MINUTES);
    back.greet(Agent.HEARTBEAT_SECONDS, agent.workbench().connection());
    Optional<Frame> missed =
        back.talk()
            .await(
                f ->
                    f.type().equals("schedule.fire")
                        && f.text("schedule_id").equals("on")
                        && Instant.parse(f.text("scheduled_at")).isAfter(from)
                        && Instant.parse(f.text("scheduled_at")).isBefore(to),
                agent.patience().answer());
    back.schedules(agent.schedules(List.of()));
    if (missed.isEmpty()) {
      throw new Broken(
          "a fire with a scheduled_at between " + from + " and " + to, "none came on reconnect");
    }
  }
}
