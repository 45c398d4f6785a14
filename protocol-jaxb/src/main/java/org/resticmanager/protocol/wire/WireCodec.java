package org.resticmanager.protocol.wire;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns messages into frames and back, for both sides. Thread-safe; make one and keep it.
 *
 * <p>Reading is lenient where the protocol says so (unknown keys, any order of keys, null for
 * absent, any offset in timestamps, year 1 for an unknown time), strict in all else, and never
 * throws: what cannot be read is {@link Decoded.Malformed} or {@link Decoded.UnknownType}. It takes
 * memory in proportion to the frame, whatever the frame holds.
 *
 * <p>Writing leaves out what is absent and never writes null.
 */
public final class WireCodec {

  /** The longest envelope id that is taken; a reply has to repeat it. */
  public static final int MAX_ID_LENGTH = 200;

  /** No type's name is longer; of one that is, only so much is reported. */
  private static final int MAX_TYPE_LENGTH = 64;

  /** The reason for what should not happen: the parser fails in a way that we do not know. */
  static final String UNREADABLE = "frame cannot be read";

  private final JsonParserFactory parsers = JSON.createParserFactory(Map.of());
  private final WireTypes types = new WireTypes(JSON.createBuilderFactory(Map.of()));

  /** A message is looked at when the first one of its type comes: an agent never meets most. */
  private final Map<MessageType, RecordType> records = new ConcurrentHashMap<>();

  /** A one-way message, or a request that wants no reply. */
  public String encode(Message message) {
    return encode(message, Optional.empty());
  }

  /** A request or a reply: both carry the same id, at most {@value #MAX_ID_LENGTH} characters. */
  public String encode(Message message, Optional<String> id) {
    MessageType type = MessageType.of(message);
    JsonText frame = new JsonText();
    frame.json("{\"type\":\"").json(type.wireName()).json("\"");
    id.ifPresent(text -> frame.json(",\"id\":").text(text));
    frame.json(",\"payload\":");
    record(type).write(message, frame);
    return frame.json("}").toString();
  }

  /** Reads a frame that an agent sent. */
  public Decoded decodeFromAgent(String frame) {
    return decode(frame, AgentMessage.class);
  }

  /** Reads a frame that a control plane sent. */
  public Decoded decodeFromServer(String frame) {
    return decode(frame, ServerMessage.class);
  }

  /** How a message looks on the wire. */
  RecordType record(MessageType type) {
    RecordType known = records.get(type);
    return known != null
        ? known
        : records.computeIfAbsent(type, unknown -> types.ofRecord(unknown.payload()));
  }

  private Decoded decode(String frame, Class<? extends Message> sender) {
    try {
      return read(frame, sender, null);
    } catch (BadValue e) {
      return new Decoded.Malformed((e.nameless() ? e.inside("frame") : e).getMessage());
    } catch (JsonParsingException e) {
      // the parser's own words may quote the frame, which may hold a secret
      return new Decoded.Malformed(
          "frame is not JSON at character " + e.getLocation().getStreamOffset());
    } catch (RuntimeException e) {
      // parsers throw more than their API says; whatever it is, a peer's frame must not get us down
      return new Decoded.Malformed(UNREADABLE);
    }
  }

  /**
   * Goes over the frame once, and a second time when the payload came before the type that says how
   * to read it.
   *
   * @param known the type, the second time; otherwise null
   */
  private Decoded read(String frame, Class<? extends Message> sender, MessageType known) {
    try (JsonParser in = parsers.createParser(new StringReader(frame))) {
      if (in.next() != Event.START_OBJECT) {
        throw new BadValue("is not an object");
      }
      MessageType type = known;
      String name = null;
      String id = null;
      Message message = null;
      boolean again = false;
      for (Event event = in.next(); event != Event.END_OBJECT; event = in.next()) {
        String key = in.getString();
        Event value = in.next();
        if (value == Event.VALUE_NULL) {
          continue;
        }
        switch (key) {
          case "type" -> {
            name = text(key, name, in, value);
            type = named(name, sender);
          }
          case "id" -> id = text(key, id, in, value);
          case "payload" -> {
            again |= name == null && type == null;
            message = payload(type, message, in, value);
          }
          default -> Unknown.skip(in, value);
        }
      }
      if (in.hasNext()) {
        throw new BadValue("goes on after its end");
      }
      if (name == null) {
        throw BadValue.of("type", "is missing");
      }
      if (type == null) {
        return new Decoded.UnknownType(oneShortLine(name));
      }
      if (again) {
        return read(frame, sender, type);
      }
      return new Decoded.Understood(
          id(id), message == null ? (Message) record(type).ofNothing() : message);
    }
  }

  private static String text(String key, String before, JsonParser in, Event value) {
    if (before != null) {
      throw BadValue.of(key, "is given twice");
    }
    try {
      return (String) ScalarType.TEXT.read(in, value);
    } catch (BadValue e) {
      throw e.inside(key);
    }
  }

  private static MessageType named(String name, Class<? extends Message> sender) {
    return MessageType.named(name)
        .filter(type -> sender.isAssignableFrom(type.payload()))
        .orElse(null);
  }

  private Message payload(MessageType type, Message before, JsonParser in, Event value) {
    try {
      if (before != null) {
        throw new BadValue("is given twice");
      }
      if (type != null) {
        return (Message) record(type).read(in, value);
      }
      Unknown.skip(in, value);
      return null;
    } catch (BadValue e) {
      throw e.nameless() ? e.inside("payload") : e;
    }
  }

  private static Optional<String> id(String id) {
    if (id != null && id.length() > MAX_ID_LENGTH) {
      throw BadValue.of("id", "is longer than " + MAX_ID_LENGTH + " characters");
    }
    return Optional.ofNullable(id).filter(text -> !text.isEmpty());
  }

  /** What a peer sent, fit for a log. */
  private static String oneShortLine(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && i < MAX_TYPE_LENGTH; i++) {
      char c = text.charAt(i);
      boolean plain =
          !Character.isISOControl(c) && c != '\u2028' && c != '\u2029' && !Character.isSurrogate(c);
      line.append(plain ? c : '?');
    }
    return line.toString();
  }
}
