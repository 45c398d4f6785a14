package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.agent.spool.SpooledEvent;
import org.resticmanager.protocol.wire.JobKind;

/** What the agent can do with the memory that its unit gives it. */
class SmallHeapTest {

  /** That of install.sh. */
  private static final String HEAP = "-Xmx64m";

  private static final int SNAPSHOTS = 200_000;

  @TempDir Path folder;

  @Test
  void aListOfTwoHundredThousandSnapshotsIsReported() throws Exception {
    Path list = folder.resolve("snapshots.json");
    writeList(list);
    Path restic = FakeRestic.in(folder, FakeRestic.SUMMARY, "cat '" + list + "'");
    Path said = folder.resolve("said");

    Process agent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SmallHeapTest.class.getName(),
                folder.toString(),
                restic.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(agent.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      agent.destroyForcibly();
    }

    assertThat(Files.readString(said)).endsWith("succeeded, " + SNAPSHOTS + " snapshots told\n");
  }

  /** Backs up once; the arguments are where, and which restic. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (JobBench bench =
        JobBench.with(folder.resolve("data"), Path.of(arguments[1]))
            .repository("/repo", "password")) {
      JobSpool job = bench.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of());
      bench.awaitEnd(job);
      int told = 0;
      JobSpool.Unsent events = job.unsent();
      Optional<SpooledEvent> event = events.next();
      while (event.isPresent()) {
        if (event.get().type().equals("snapshots.report")) {
          told += event.get().frame().split("\"short_id\"", -1).length - 1;
        } else if (event.get().logLine()) {
          System.out.println(event.get().frame());
        }
        event = events.next();
      }
      System.out.println(job.status().wireName() + ", " + told + " snapshots told");
    }
  }

  private static void writeList(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("[");
      for (int i = 0; i < SNAPSHOTS; i++) {
        out.write(i == 0 ? "" : ",");
        out.write(
            String.format(
                "{\"time\":\"2026-03-01T12:00:00.123456789+01:00\",\"tree\":\"%064x\","
                    + "\"paths\":[\"/home\",\"/etc\",\"/var/lib\"],\"hostname\":\"web%d\","
                    + "\"tags\":[\"daily\"],\"summary\":{\"total_files_processed\":7,"
                    + "\"total_bytes_processed\":7},\"id\":\"%064x\",\"short_id\":\"%08x\"}",
                i, i % 100, i, i));
      }
      out.write("]\n");
    }
  }
}
