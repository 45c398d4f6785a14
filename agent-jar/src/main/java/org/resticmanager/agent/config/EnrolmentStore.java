package org.resticmanager.agent.config;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps the enrolment in {@code agent.json}. */
public final class EnrolmentStore {

  private final Path file;

  public EnrolmentStore(DataFolder folder) {
    this.file = folder.enrolment();
  }

  /**
   * Reads it anew; empty if this agent was never enrolled.
   *
   * @throws ConfigProblem if the file is there and cannot be read or understood
   */
  public Optional<Enrolment> load() {
    try (JsonReader reader =
        JSON.createReader(new StringReader(Files.readString(file, StandardCharsets.UTF_8)))) {
      JsonObject json = reader.readObject();
      return Optional.of(
          new Enrolment(
              URI.create(json.getString("server")),
              json.getString("hostId"),
              json.getString("hostName"),
              json.getString("agentToken"),
              Optional.ofNullable(json.getString("restic", null)).map(Path::of),
              Optional.ofNullable(json.getString("pin", null)).map(Pin::new)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ConfigProblem("cannot read " + file + " (" + Words.of(e) + ")", e);
    } catch (JsonException
        | NullPointerException
        | ClassCastException
        | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private ConfigProblem damaged(RuntimeException e) {
    // the cause is left out on purpose: a parser may quote the token that it stumbled over
    return new ConfigProblem(
        file + " is damaged (" + e.getClass().getSimpleName() + "); enrol again with --replace");
  }

  /**
   * Replaces the enrolment.
   *
   * @throws ConfigProblem if it cannot be written
   */
  public void save(Enrolment enrolment) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("server", enrolment.server().toString())
            .add("hostId", enrolment.hostId())
            .add("hostName", enrolment.hostName())
            .add("agentToken", enrolment.agentToken());
    enrolment.restic().ifPresent(path -> json.add("restic", path.toString()));
    enrolment.pin().ifPresent(pin -> json.add("pin", pin.text()));
    try {
      PrivateFile.write(file, json.build().toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ConfigProblem("cannot write " + file + " (" + Words.of(e) + ")", e);
    }
  }
}
