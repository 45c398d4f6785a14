package org.resticmanager.conformance.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.check.NotChecked;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;

/** Sections 3.6 and 4, {@code parts} and {@code snapshots_added}: the report of snapshots. */
final class SnapshotsChecks {

  private static final int MANY = 100_000;
  private static final int PER_PART = 2_000;
  private static final Duration MANY_LIMIT = Duration.ofSeconds(120);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final ControlPlane server;
  private final Operator operator;

  SnapshotsChecks(ControlPlane server, Operator operator) {
    this.server = server;
    this.operator = operator;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "3",
            "snapshots-replace",
            "snapshots.report replaces what was known, also by nothing",
            this::replaces),
        Check.of(
            "4 parts",
            "snapshots-parts",
            "a report in parts counts when all of them are in, and not before",
            this::parts),
        Check.of(
            "4 parts", "snapshots-100000", "100,000 snapshots in 50 parts are taken", this::many),
        Check.of(
            "4 added",
            "snapshots-added",
            "a report of what was added adds it once and removes nothing",
            this::adds));
  }

  private static List<Snapshot> snapshots(int from, int count) {
    List<Snapshot> snapshots = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      String id = String.format("%064x", i);
      snapshots.add(
          new Snapshot(
              id,
              id.substring(56),
              Instant.ofEpochSecond(1_700_000_000L + i).atOffset(ZoneOffset.UTC),
              "conformance",
              List.of("/conformance"),
              List.of("conformance"),
              1000L + i,
              10));
    }
    return snapshots;
  }

  private void known(int expected, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      String number = operator.call("snapshots", Map.of()).strip();
      if (number.equals(Integer.toString(expected))) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new Broken(expected + " snapshots to be known", "there are " + number);
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  private void replaces() throws Exception {
    operator.need("snapshots");
    try (PlayedAgent agent = server.settled(Greeting.base())) {
      Talk talk = agent.talk();
      talk.send(SnapshotsReport.whole(snapshots(0, 3)));
      known(3, server.patience().answer());
      talk.send(SnapshotsReport.whole(snapshots(2, 2)));
      known(2, server.patience().answer());
      talk.send(SnapshotsReport.whole(List.of()));
      known(0, server.patience().answer());
      talk.expectTaken("reports of snapshots");
    }
  }

  private static void needParts(Talk talk) {
    if (!talk.features().contains(Feature.PARTS)) {
      throw new NotChecked("welcome does not name the feature parts");
    }
  }

  private void parts() throws Exception {
    operator.need("snapshots");
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      Talk talk = agent.talk();
      needParts(talk);
      talk.send(SnapshotsReport.whole(snapshots(0, 1)));
      known(1, server.patience().answer());
      talk.send(new SnapshotsReport(snapshots(10, 5), 1, 2));
      talk.expectTaken("the first of two parts");
      known(1, Duration.ZERO);
      talk.send(new SnapshotsReport(snapshots(20, 5), 2, 2));
      known(10, server.patience().answer());
      talk.send(new SnapshotsReport(snapshots(30, 5), 1, 2));
      talk.send(SnapshotsReport.whole(List.of()));
      known(0, server.patience().answer());
    }
  }

  private void many() throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      Talk talk = agent.talk();
      needParts(talk);
      sendInParts(talk, MANY / PER_PART);
      if (operator.can("snapshots")) {
        known(MANY, MANY_LIMIT);
      }
      talk.send(SnapshotsReport.whole(List.of()));
      talk.expectTaken("an empty report after a large one");
    }
  }

  private void adds() throws Exception {
    operator.need("snapshots");
    try (PlayedAgent agent = server.settled(Greeting.speaking(List.of(Feature.SNAPSHOTS_ADDED)))) {
      Talk talk = agent.talk();
      if (!talk.features().contains(Feature.SNAPSHOTS_ADDED)) {
        throw new NotChecked("welcome does not name the feature snapshots_added");
      }
      talk.send(SnapshotsReport.whole(snapshots(0, 2)));
      known(2, server.patience().answer());
      talk.send(SnapshotsReport.added(snapshots(2, 1)));
      known(3, server.patience().answer());
      talk.send(SnapshotsReport.added(snapshots(2, 1)));
      talk.expectTaken("the same report once more");
      known(3, Duration.ZERO);
      talk.send(SnapshotsReport.whole(List.of()));
      known(0, server.patience().answer());
    }
  }

  /**
   * A part has no confirmation, and a control plane may cut off an agent that sends without end;
   * the answer to something else tells that the part was worked on.
   */
  private static void sendInParts(Talk talk, int parts) throws IOException, InterruptedException {
    for (int part = 1; part <= parts; part++) {
      talk.send(new SnapshotsReport(snapshots((part - 1) * PER_PART, PER_PART), part, parts));
      talk.sendRaw("{\"type\":\"x.conformance\",\"payload\":{}}");
      String taken = "part " + part + " of " + parts + " to be taken";
      Frame answer = talk.expect(taken, frame -> frame.type().equals("error"), MANY_LIMIT);
      if (!answer.text("code").equals("unknown_type")) {
        throw new Broken(taken, "this came: " + answer);
      }
    }
  }
}
