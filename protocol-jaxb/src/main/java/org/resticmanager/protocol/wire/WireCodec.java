package org.resticmanager.protocol.wire;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.config.PropertyNamingStrategy;
import java.io.StringReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Turns messages into frames and back, for both sides. Thread-safe; make one and keep it.
 *
 * <p>Reading is lenient where the protocol says so (unknown keys, null for absent, any offset in
 * timestamps, year 1 for an unknown time) and never throws: what cannot be read is {@link
 * Decoded.Malformed} or {@link Decoded.UnknownType}. Writing leaves out what is absent.
 */
public final class WireCodec {

  private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
  private final Jsonb jsonb =
      JsonbBuilder.create(
          new JsonbConfig()
              .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
              .withAdapters(
                  new InstantAdapter(),
                  new JobKindAdapter(),
                  new JobStatusAdapter(),
                  new LogStreamNameAdapter()));

  /** A one-way message, or a request that wants no reply. */
  public String encode(Message message) {
    return encode(message, Optional.empty());
  }

  /** A request or a reply: both carry the same id. */
  public String encode(Message message, Optional<String> id) {
    StringBuilder frame = new StringBuilder("{\"type\":\"");
    frame.append(MessageType.of(message).wireName()).append('"');
    id.ifPresent(text -> frame.append(",\"id\":").append(Json.createValue(text)));
    return frame.append(",\"payload\":").append(jsonb.toJson(message)).append('}').toString();
  }

  /** Reads a frame that an agent sent. */
  public Decoded decodeFromAgent(String frame) {
    return decode(frame, AgentMessage.class);
  }

  /** Reads a frame that a control plane sent. */
  public Decoded decodeFromServer(String frame) {
    return decode(frame, ServerMessage.class);
  }

  private Decoded decode(String frame, Class<? extends Message> sender) {
    try (var reader = readers.createReader(new StringReader(frame))) {
      JsonObject envelope = reader.readObject();
      if (!(envelope.get("type") instanceof JsonString type)) {
        return new Decoded.Malformed("type is missing");
      }
      Optional<MessageType> known =
          MessageType.named(type.getString()).filter(t -> sender.isAssignableFrom(t.payload()));
      if (known.isEmpty()) {
        return new Decoded.UnknownType(type.getString());
      }
      return new Decoded.Understood(id(envelope), payload(envelope, known.get()));
    } catch (RuntimeException e) {
      // not only the declared ones: parsers refuse deep nesting with a bare RuntimeException
      return new Decoded.Malformed(reason(e));
    } catch (StackOverflowError e) {
      return new Decoded.Malformed("nested too deeply");
    }
  }

  private static Optional<String> id(JsonObject envelope) {
    return envelope.get("id") instanceof JsonString id && !id.getString().isEmpty()
        ? Optional.of(id.getString())
        : Optional.empty();
  }

  private Message payload(JsonObject envelope, MessageType type) {
    JsonValue payload = envelope.getOrDefault("payload", JsonValue.EMPTY_JSON_OBJECT);
    if (payload == JsonValue.NULL) {
      payload = JsonValue.EMPTY_JSON_OBJECT;
    }
    if (!(payload instanceof JsonObject)) {
      throw new IllegalArgumentException("payload is not an object");
    }
    return jsonb.fromJson(payload.toString(), type.payload());
  }

  /** The innermost message: the outer ones only say that something inside went wrong. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** Any offset on reading, {@code Z} on writing; Go's zero time (year 1) means unknown. */
  public static final class InstantAdapter implements JsonbAdapter<Instant, String> {

    @Override
    public String adaptToJson(Instant instant) {
      return instant.toString();
    }

    @Override
    public Instant adaptFromJson(String text) {
      if (text.isEmpty()) {
        return null;
      }
      try {
        OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        return time.withOffsetSameInstant(ZoneOffset.UTC).getYear() <= 1 ? null : time.toInstant();
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("'" + text + "' is not an RFC 3339 timestamp", e);
      }
    }
  }

  /** Lower case on the wire. */
  public static final class JobKindAdapter implements JsonbAdapter<JobKind, String> {

    @Override
    public String adaptToJson(JobKind kind) {
      return kind.wireName();
    }

    @Override
    public JobKind adaptFromJson(String text) {
      return JobKind.named(text);
    }
  }

  /** Lower case on the wire. */
  public static final class JobStatusAdapter implements JsonbAdapter<JobStatus, String> {

    @Override
    public String adaptToJson(JobStatus status) {
      return status.wireName();
    }

    @Override
    public JobStatus adaptFromJson(String text) {
      return JobStatus.named(text);
    }
  }

  /** Lower case on the wire. */
  public static final class LogStreamNameAdapter implements JsonbAdapter<LogStreamName, String> {

    @Override
    public String adaptToJson(LogStreamName stream) {
      return stream.wireName();
    }

    @Override
    public LogStreamName adaptFromJson(String text) {
      return LogStreamName.named(text);
    }
  }
}
