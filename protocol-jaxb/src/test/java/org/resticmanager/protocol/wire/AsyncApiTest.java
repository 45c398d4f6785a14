package org.resticmanager.protocol.wire;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.resticmanager.protocol.wire.AsyncApi.asObject;
import static org.resticmanager.protocol.wire.AsyncApi.list;
import static org.resticmanager.protocol.wire.AsyncApi.object;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code docs/asyncapi.yaml} tells others is what the codec reads and writes. */
class AsyncApiTest {

  /** The one key of the golden files that nobody is meant to know. */
  private static final String UNKNOWN = "from_a_newer_version";

  private static final AsyncApi DOCUMENT = new AsyncApi();
  private static final WireCodec CODEC = new WireCodec();
  private static final WireSamples SAMPLES = new WireSamples();

  @Test
  void everyMessageIsInTheDocumentAndNoOther() {
    Set<String> all = names(type -> true);

    assertThat(DOCUMENT.messages()).isEqualTo(all);
    assertThat(DOCUMENT.messagesOfTheChannel()).isEqualTo(all);
    assertThat(DOCUMENT.messages("receive")).isEqualTo(names(MessageType::fromAgent));
    assertThat(DOCUMENT.messages("send")).isEqualTo(names(MessageType::fromServer));
  }

  private static Set<String> names(Predicate<MessageType> which) {
    return Arrays.stream(MessageType.values())
        .filter(which)
        .map(MessageType::wireName)
        .collect(toSet());
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsReferredTo() {
    Set<String> references = DOCUMENT.references();

    assertThat(references)
        .allSatisfy(reference -> assertThat(DOCUMENT.at(reference)).as(reference).isNotNull());
    assertThat(references)
        .containsAll(
            DOCUMENT.schemas().keySet().stream()
                .map(name -> "#/components/schemas/" + name)
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void framesHaveTheirNameAndDemandAPayloadWhereItCannotBeEmpty(MessageType type) {
    Map<String, Object> frame = DOCUMENT.frame(type.wireName());
    boolean demanded =
        GoldenFiles.decoded(CODEC, type, "{\"type\":\"" + type.wireName() + "\"}")
            instanceof Decoded.Malformed;

    assertThat(object(frame, "properties", "type").get("const")).isEqualTo(type.wireName());
    assertThat(list(frame, "required")).isEqualTo(demanded ? List.of("payload") : List.of());
  }

  @Test
  void theEnvelopeIsWhatTheCodecReads() {
    Map<String, Object> envelope = asObject(DOCUMENT.schemas().get("Envelope"));

    assertThat(object(envelope, "properties")).containsOnlyKeys("type", "id", "payload");
    assertThat(list(envelope, "required")).containsExactly("type");
    assertThat(DOCUMENT.property(envelope, "id").get("maxLength"))
        .isEqualTo(WireCodec.MAX_ID_LENGTH);
  }

  @ParameterizedTest
  @EnumSource
  void propertiesAreTheComponentsOfTheRecords(MessageType type) {
    checkRecord(type.payload(), DOCUMENT.payload(type.wireName()));
  }

  private static void check(Type type, Map<String, Object> schema, String where) {
    if (type instanceof ParameterizedType list) {
      assertThat(schema.get("type")).as(where).isEqualTo("array");
      check(list.getActualTypeArguments()[0], DOCUMENT.items(schema), where + "[]");
    } else if (type instanceof Class<?> record && record.isRecord()) {
      checkRecord(record, schema);
    } else {
      assertThat(form((Class<?>) type)).as(where).isEqualTo(form(schema));
      if (((Class<?>) type).isEnum()) {
        assertThat(list(schema, "enum")).as(where).isEqualTo(words((Class<?>) type));
      }
    }
  }

  private static void checkRecord(Class<?> record, Map<String, Object> schema) {
    String name = record.getSimpleName();
    List<RecordType.Field> fields = SAMPLES.fields(record);
    List<String> keys = fields.stream().map(RecordType.Field::name).toList();

    assertThat(schema.get("type")).as(name).isEqualTo("object");
    assertThat(object(schema, "properties").keySet()).as(name).containsExactlyElementsOf(keys);
    assertThat(list(schema, "required"))
        .as("what %s demands", name)
        .isEqualTo(keys.stream().filter(key -> SAMPLES.demands(record, key)).toList());
    assertThat(list(schema, "x-always-written"))
        .as("what of %s is always written", name)
        .isEqualTo(List.copyOf(SAMPLES.alwaysWritten(record)));
    checkWhatIsRefused(record, schema, keys);
    for (RecordType.Field field : fields) {
      Map<String, Object> property = DOCUMENT.property(schema, field.name());
      String where = name + "." + field.name();
      check(record.getRecordComponents()[field.index()].getGenericType(), property, where);
      checkBounds(record, field.name(), property);
    }
  }

  private static void checkWhatIsRefused(
      Class<?> record, Map<String, Object> schema, List<String> keys) {
    RefuseUnknown refuse = record.getAnnotation(RefuseUnknown.class);
    List<Object> names = list(object(schema, "propertyNames"), "anyOf");
    if (refuse == null) {
      assertThat(names).as(record.getSimpleName()).isEmpty();
    } else {
      assertThat(object(asObject(names.get(0)), "not"))
          .isEqualTo(Map.of("pattern", "^" + refuse.prefix()));
      assertThat(names.get(1)).isEqualTo(Map.of("enum", keys));
    }
  }

  /** Type and format, as JSON has it. */
  private static String form(Class<?> type) {
    if (type == Instant.class || type == OffsetDateTime.class) {
      return "string date-time";
    }
    if (type == int.class) {
      return "integer int32";
    }
    if (type == long.class || type == Long.class) {
      return "integer int64";
    }
    if (type == double.class) {
      return "number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    return type == JsonObject.class ? "object" : "string";
  }

  private static String form(Map<String, Object> schema) {
    return schema.get("type")
        + Optional.ofNullable(schema.get("format")).map(format -> " " + format).orElse("");
  }

  private static List<String> words(Class<?> type) {
    return Arrays.stream((Enum<?>[]) type.getEnumConstants()).map(WireNames::of).toList();
  }

  private static void checkBounds(Class<?> record, String key, Map<String, Object> schema) {
    switch (form(schema)) {
      case "string" -> checkText(record, key, schema);
      case "number", "integer int32", "integer int64" -> checkNumber(record, key, schema);
      default ->
          assertThat(schema).as(key).doesNotContainKeys("minimum", "maximum", "minLength", "enum");
    }
  }

  private static void checkText(Class<?> record, String key, Map<String, Object> schema) {
    String where = record.getSimpleName() + "." + key;
    List<Object> words = list(schema, "enum");
    boolean emptyIsOut =
        words.isEmpty()
            ? schema.containsKey("minLength") || schema.containsKey("pattern")
            : !words.contains("");

    assertThat(SAMPLES.refuses(record, key, Json.createValue("")))
        .as("empty %s is refused", where)
        .isEqualTo(emptyIsOut);
    assertThat(SAMPLES.refuses(record, key, Json.createValue("no such word")))
        .as("any %s is refused", where)
        .isEqualTo(!words.isEmpty() || schema.containsKey("pattern"));
  }

  private static void checkNumber(Class<?> record, String key, Map<String, Object> schema) {
    String where = record.getSimpleName() + "." + key;
    if (schema.get("minimum") instanceof Integer minimum) {
      assertThat(refuses(record, key, minimum - 1)).as(where + " below the minimum").isTrue();
      assertThat(refuses(record, key, minimum)).as(where + " at the minimum").isFalse();
    } else {
      assertThat(refuses(record, key, Integer.MIN_VALUE)).as(where + " without limit").isFalse();
    }
    if (schema.get("maximum") instanceof Integer maximum) {
      assertThat(refuses(record, key, maximum + 1)).as(where + " above the maximum").isTrue();
      assertThat(refuses(record, key, maximum)).as(where + " at the maximum").isFalse();
    } else if (!key.equals("part")) {
      assertThat(refuses(record, key, Integer.MAX_VALUE)).as(where + " without limit").isFalse();
    }
  }

  private static boolean refuses(Class<?> record, String key, int value) {
    return SAMPLES.refuses(record, key, Json.createValue(value));
  }

  @Test
  void everyExtensionIsInTheDocumentAndNoOther() {
    assertThat(DOCUMENT.features())
        .isEqualTo(
            Arrays.stream(Feature.class.getFields()).map(AsyncApiTest::text).collect(toSet()));
  }

  private static String text(Field constant) {
    try {
      return (String) constant.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatBelongsToAnExtensionIsNotAlwaysWritten() {
    for (Object each : DOCUMENT.schemas().values()) {
      Map<String, Object> schema = asObject(each);
      for (Object key : list(schema, "x-always-written")) {
        assertThat(object(schema, "properties", (String) key)).doesNotContainKey("x-feature");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HELLO") // which says what may be used
  void messagesRequireTheExtensionsOfWhatTheyHold(MessageType type) {
    for (String name : GoldenFiles.ours(type)) {
      String golden = GoldenFiles.read(type, name);
      Set<String> used = new HashSet<>();
      feature(DOCUMENT.message(type.wireName()), used);
      features(GoldenFiles.json(golden).get("payload"), DOCUMENT.payload(type.wireName()), used);

      assertThat(GoldenFiles.understood(CODEC, type, golden).message().requires())
          .as(type.wireName() + "/" + name)
          .isEqualTo(used);
    }
  }

  private static void features(JsonValue value, Map<String, Object> schema, Set<String> used) {
    if (value instanceof JsonString text) {
      Object feature = object(schema, "x-enum-features").get(text.getString());
      if (feature != null) {
        used.add((String) feature);
      }
    } else if (value instanceof JsonObject object && schema.containsKey("properties")) {
      object.forEach(
          (key, inner) -> {
            Map<String, Object> property = DOCUMENT.property(schema, key);
            feature(property, used);
            features(inner, property, used);
          });
    } else if (schema.get("type").equals("array")) {
      value.asJsonArray().forEach(each -> features(each, DOCUMENT.items(schema), used));
    }
  }

  private static void feature(Map<String, Object> at, Set<String> used) {
    if (at.containsKey("x-feature")) {
      used.add((String) at.get("x-feature"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void goldenFilesAreAsTheDocumentSays(MessageType type) {
    for (String name : GoldenFiles.of(type)) {
      JsonValue payload = GoldenFiles.json(GoldenFiles.read(type, name)).get("payload");
      Set<String> wrong = new TreeSet<>();
      compare("", payload, DOCUMENT.payload(type.wireName()), wrong);

      assertThat(wrong).as(type.wireName() + "/" + name).isEmpty();
    }
  }

  private static void compare(
      String path, JsonValue value, Map<String, Object> schema, Set<String> wrong) {
    if (!fits(value, schema)) {
      wrong.add(path + " is " + value + ", not " + form(schema));
      return;
    }
    if (value instanceof JsonObject object && schema.containsKey("properties")) {
      for (Object key : list(schema, "required")) {
        if (object.getOrDefault(key, JsonValue.NULL) == JsonValue.NULL) {
          wrong.add(path + " lacks " + key);
        }
      }
      object.forEach(
          (key, inner) -> {
            if (object(schema, "properties").containsKey(key)) {
              compare(path + "." + key, inner, DOCUMENT.property(schema, key), wrong);
            } else if (!key.equals(UNKNOWN)) {
              wrong.add(path + "." + key + " is not in the document");
            }
          });
    } else if (schema.get("type").equals("array") && value != JsonValue.NULL) {
      value.asJsonArray().forEach(each -> compare(path, each, DOCUMENT.items(schema), wrong));
    }
  }

  private static boolean fits(JsonValue value, Map<String, Object> schema) {
    List<Object> words = list(schema, "enum");
    return switch (value.getValueType()) {
      case NULL -> true;
      case TRUE, FALSE -> schema.get("type").equals("boolean");
      case OBJECT -> schema.get("type").equals("object");
      case ARRAY -> schema.get("type").equals("array");
      case STRING ->
          schema.get("type").equals("string")
              && (words.isEmpty() || words.contains(((JsonString) value).getString()));
      case NUMBER ->
          schema.get("type").equals("number")
              || (schema.get("type").equals("integer") && whole((JsonNumber) value));
    };
  }

  private static boolean whole(JsonNumber number) {
    return number.bigDecimalValue().remainder(BigDecimal.ONE).signum() == 0;
  }
}
