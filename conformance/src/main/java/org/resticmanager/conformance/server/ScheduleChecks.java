package org.resticmanager.conformance.server;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.check.NotChecked;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleFire;

/** Sections 2 and 3: schedules and their firing. */
final class ScheduleChecks {

  private final ControlPlane server;
  private final Operator operator;

  ScheduleChecks(ControlPlane server, Operator operator) {
    this.server = server;
    this.operator = operator;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "2",
            "schedule-set",
            "schedule.set has a version and, unless there are none, schedules",
            this::setIsWellFormed),
        Check.of("2", "schedule-ack", "schedule.ack is taken without a word", this::ackIsTaken),
        Check.of(
            "3",
            "schedule-push",
            "a changed schedule is pushed to the connected agent with a higher version",
            this::push),
        Check.of(
            "2",
            "schedule-fire",
            "schedule.fire is answered with one command.run for each of its source groups",
            this::fire),
        Check.of(
            "3",
            "schedule-fire-repeated",
            "the same fire again starts nothing",
            this::fireRepeated),
        Check.of(
            "5",
            "schedule-fire-stranger",
            "a fire of a schedule that nobody knows is an error, and the socket stays open",
            this::fireOfStranger));
  }

  private Frame schedules() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      agent.hello(Greeting.full());
      Frame set = agent.talk().expect("schedule.set");
      agent.workOff();
      return set;
    }
  }

  private void setIsWellFormed() throws Exception {
    Frame set = schedules();
    boolean version =
        set.payload().get("version") instanceof JsonNumber number && number.isIntegral();
    boolean list =
        !set.payload().containsKey("schedules")
            || set.payload().get("schedules") instanceof JsonArray;
    if (!version || !list) {
      throw new Broken("a version and a list of schedules", set.toString());
    }
  }

  private void ackIsTaken() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      agent.hello(Greeting.full());
      Frame set = agent.talk().expect("schedule.set");
      agent.workOff();
      agent.talk().forgetPending();
      agent.talk().send(new ScheduleAck(set.number("version"), Instant.now()));
      agent.talk().expectTaken("schedule.ack");
    }
  }

  private void push() throws Exception {
    operator.need("schedule");
    try (PlayedAgent agent = server.connect()) {
      agent.hello(Greeting.full());
      Frame before = agent.talk().expect("schedule.set");
      agent.workOff();
      operator.call("schedule", Map.of());
      Frame after = agent.talk().expect("schedule.set");
      if (after.number("version") <= before.number("version")) {
        throw new Broken(
            "a version above " + before.number("version"), "it is " + after.number("version"));
      }
      if (enabled(after).isEmpty()) {
        throw new Broken("an enabled schedule with a source group", after.toString());
      }
    }
  }

  /** The names of the source groups of the first schedule that can fire. */
  private record Firing(String scheduleId, Set<String> groups) {}

  private static Optional<Firing> enabled(Frame set) {
    for (JsonObject schedule : set.objects("schedules")) {
      Set<String> groups = new TreeSet<>();
      if (schedule.getBoolean("enabled", false)
          && schedule.get("source_groups") instanceof JsonArray list) {
        list.forEach(group -> groups.add(group.asJsonObject().getString("name", "")));
      }
      if (!groups.isEmpty()) {
        return Optional.of(new Firing(schedule.getString("id", ""), groups));
      }
    }
    return Optional.empty();
  }

  private Firing firing() throws Exception {
    operator.need("run");
    Optional<Firing> found = enabled(schedules());
    if (found.isEmpty() && operator.can("schedule")) {
      operator.call("schedule", Map.of());
      found = enabled(schedules());
    }
    return found.orElseThrow(
        () ->
            new NotChecked(
                "this host has no enabled schedule with a source group: make one, or give --do"
                    + " schedule=COMMAND"));
  }

  private void fire() throws Exception {
    Firing firing = firing();
    try (PlayedAgent agent = server.settled(Greeting.base())) {
      agent.talk().send(new ScheduleFire(firing.scheduleId(), now()));
      List<String> tags = new ArrayList<>();
      for (int i = 0; i < firing.groups().size(); i++) {
        PlayedJob job = agent.nextJob();
        tags.add(job.command().text("tag"));
        if (!job.command().text("kind").equals("backup")) {
          throw new Broken("command.run of kind backup", job.command().toString());
        }
        run(job);
      }
      if (!new TreeSet<>(tags).equals(firing.groups())) {
        throw new Broken("one backup for each of " + firing.groups(), "these came: " + tags);
      }
      agent.talk().expectNone("further command.run", f -> f.type().equals("command.run"));
    }
  }

  /** An instant that no other check has fired at, of a precision that every database keeps. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void run(PlayedJob job) throws Exception {
    job.accept();
    job.start();
    job.finish("succeeded", 0);
  }

  private void fireRepeated() throws Exception {
    Firing firing = firing();
    Instant at = now();
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      Talk talk = agent.talk();
      talk.send(new ScheduleFire(firing.scheduleId(), at));
      for (int i = 0; i < firing.groups().size(); i++) {
        run(agent.nextJob());
      }
      talk.send(new ScheduleFire(firing.scheduleId(), at));
      talk.expectNone("command.run for a repeated fire", f -> f.type().equals("command.run"));
      talk.expectTaken("a repeated fire");
    }
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      agent.talk().send(new ScheduleFire(firing.scheduleId(), at));
      agent
          .talk()
          .expectNone(
              "command.run for a fire repeated on another connection",
              f -> f.type().equals("command.run"));
      agent.talk().expectTaken("a repeated fire");
    }
  }

  private void fireOfStranger() throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      agent.talk().send(new ScheduleFire("01990000-0000-7000-8000-000000000000", Instant.now()));
      agent.talk().expect("error");
      agent.talk().expectOpen("a fire of a stranger");
    }
  }
}
