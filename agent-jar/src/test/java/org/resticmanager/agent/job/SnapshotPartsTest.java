package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireCodec;

class SnapshotPartsTest {

  private static final int FRAME_LIMIT = 1024 * 1024;

  private final WireCodec codec = new WireCodec();

  @Test
  void whatFitsIntoOneFrameStaysInOnePiece() {
    List<Snapshot> many = snapshots(3000, 20);

    assertThat(parts(many)).containsExactly(SnapshotsReport.whole(many));
  }

  @Test
  void anEmptyListTakesNoReport() {
    assertThat(new SnapshotParts(codec).count()).isZero();
  }

  @Test
  void hundredThousandSnapshotsComeInPartsOfWhichNoneIsTooLarge() {
    List<Snapshot> many = snapshots(100_000, 60);

    List<SnapshotsReport> parts = parts(many);

    List<Snapshot> together = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      SnapshotsReport part = parts.get(i);
      assertThat(part.part()).isEqualTo(i + 1);
      assertThat(part.parts()).isEqualTo(parts.size());
      assertThat(size(part)).isLessThan(FRAME_LIMIT);
      together.addAll(part.snapshots());
    }
    assertThat(together).isEqualTo(many);
  }

  @Test
  void snapshotsWithVeryManyPathsAreCutFiner() {
    List<Snapshot> large = snapshots(10, 300_000);

    List<SnapshotsReport> parts = parts(large);

    assertThat(parts).hasSizeGreaterThan(4).allMatch(part -> size(part) < FRAME_LIMIT);
  }

  @Test
  void aSnapshotThatNoFrameHoldsIsLeftOutAndNamed() {
    List<Snapshot> some = new ArrayList<>(snapshots(2, 20));
    some.addAll(1, snapshots(1, 2 * FRAME_LIMIT));

    SnapshotParts cut = new SnapshotParts(codec);
    List<SnapshotsReport> parts = parts(cut, some);

    assertThat(cut.tooLarge()).hasSize(1);
    assertThat(parts).hasSize(1);
    assertThat(parts.get(0).snapshots()).hasSize(2);
  }

  private List<SnapshotsReport> parts(List<Snapshot> snapshots) {
    return parts(new SnapshotParts(codec), snapshots);
  }

  private static List<SnapshotsReport> parts(SnapshotParts cut, List<Snapshot> snapshots) {
    snapshots.forEach(cut::measure);
    List<SnapshotsReport> parts =
        snapshots.stream().map(cut::next).flatMap(Optional::stream).toList();
    assertThat(parts).hasSize(cut.count());
    return parts;
  }

  private int size(SnapshotsReport part) {
    return codec.encode(part).getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<Snapshot> snapshots(int count, int pathLength) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Snapshot(
                    String.format("%064x", i),
                    String.format("%08x", i),
                    Instant.EPOCH.plusSeconds(i).atOffset(ZoneOffset.UTC),
                    "web01",
                    List.of("/" + "p".repeat(pathLength)),
                    List.of("daily"),
                    1,
                    1))
        .toList();
  }
}
