package org.resticmanager.agent.spool;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.resticmanager.agent.config.DataFolder;

/**
 * A job as somebody sees it who only looks: the agent that owns it may be running.
 *
 * @param id the job
 * @param kind the operation
 * @param status {@code queued}, {@code running}, or {@code ended} if its end is not confirmed yet
 */
public record JobOnDisk(String id, String kind, String status) {

  /** All jobs of the folder; changes nothing there. */
  public static List<JobOnDisk> list(DataFolder data) throws IOException {
    List<JobOnDisk> jobs = new ArrayList<>();
    try (Stream<Path> folders = Files.list(data.jobs())) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        try {
          jobs.add(new JobOnDisk(folder.getFileName().toString(), kind(folder), status(folder)));
        } catch (NoSuchFileException e) {
          // confirmed and deleted while we looked
          continue;
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return List.copyOf(jobs);
  }

  private static String kind(Path folder) throws IOException {
    String text = Files.readString(folder.resolve(JobSpool.COMMAND), StandardCharsets.UTF_8);
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      return reader
          .readObject()
          .getJsonObject("command")
          .getJsonObject("payload")
          .getString("kind");
    } catch (JsonException | NullPointerException | ClassCastException e) {
      return "unknown";
    }
  }

  private static String status(Path folder) throws IOException {
    String status = "queued";
    try (BufferedReader events =
        Files.newBufferedReader(folder.resolve(JobSpool.EVENTS), StandardCharsets.UTF_8)) {
      String line = events.readLine();
      while (line != null) {
        if (line.startsWith(SpooledEvent.STARTED + ' ')) {
          status = "running";
        } else if (line.startsWith(SpooledEvent.FINISHED + ' ')) {
          status = "ended";
        }
        line = events.readLine();
      }
    }
    return status;
  }
}
