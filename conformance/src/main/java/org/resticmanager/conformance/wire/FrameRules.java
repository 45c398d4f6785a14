package org.resticmanager.conformance.wire;

import static java.util.Map.entry;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * What every frame that a peer writes must observe, looked for in the raw JSON: reading is lenient,
 * so a codec alone would not see it.
 */
public final class FrameRules {

  /** Protocol, section 1. */
  public static final int LARGEST_FRAME_BYTES = 1024 * 1024;

  private static final String LOCAL = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?";
  private static final Pattern UTC = Pattern.compile(LOCAL + "Z");
  private static final Pattern ANY_OFFSET = Pattern.compile(LOCAL + "(Z|[+-]\\d\\d:\\d\\d)");

  /** It keeps the offset that restic recorded: restic counts days and weeks by it. */
  private static final String SNAPSHOT_TIME = "payload.snapshots[].time";

  private static final Set<String> ENVELOPE = Set.of("type", "id", "payload");
  private static final Set<String> TIMES =
      Set.of(
          "sent_at",
          "boot_time",
          "started_at",
          "finished_at",
          "ts",
          "applied_at",
          "scheduled_at",
          "last_check_at",
          "last_prune_at",
          "time",
          "mtime");

  /** Whose inside is not ours to judge: restic's own words. */
  private static final Set<String> FOREIGN = Set.of("stats");

  /** Requests and replies, which carry an id. */
  private static final Set<String> WITH_ID =
      Set.of(
          "command.run",
          "command.result",
          "tree.list",
          "tree.list.result",
          "token.update",
          "token.update.result");

  /** Messages that are extensions as a whole. */
  private static final Map<String, String> EXTENSION_TYPES =
      Map.of(
          "event.ack", Feature.ACK,
          "log.lines", Feature.LOG_LINES,
          "tree.list", Feature.TREE,
          "tree.list.result", Feature.TREE,
          "token.update", Feature.TOKEN,
          "token.update.result", Feature.TOKEN,
          "command.update", Feature.UPDATE);

  private static final Map<String, Set<String>> BASE_KEYS = baseKeys();

  /** Keys that are extensions in a message of the base protocol. */
  private static final Map<String, Map<String, String>> EXTENSION_KEYS =
      Map.of(
          "snapshots.report",
              Map.of(
                  "part", Feature.PARTS,
                  "parts", Feature.PARTS,
                  "added", Feature.SNAPSHOTS_ADDED),
          "job.progress", Map.of("current_file", Feature.CURRENT_FILE),
          "repo.stats", Map.of("uncompressed_size_bytes", Feature.COMPRESSION),
          "config.update",
              Map.of(
                  "limit_upload_kib", Feature.BANDWIDTH,
                  "limit_download_kib", Feature.BANDWIDTH,
                  "environment", Feature.ENVIRONMENT,
                  "key_password", Feature.KEY),
          "command.run",
              Map.ofEntries(
                  entry("forget_groups", Feature.FORGET_GROUPS),
                  entry("restore", Feature.RESTORE),
                  entry("diff", Feature.DIFF),
                  entry("pre_hook", Feature.HOOKS),
                  entry("post_hook", Feature.HOOKS),
                  entry("hook_timeout_seconds", Feature.HOOKS),
                  entry("exclude_caches", Feature.EXCLUDE_OPTIONS),
                  entry("exclude_if_present", Feature.EXCLUDE_OPTIONS),
                  entry("one_file_system", Feature.EXCLUDE_OPTIONS),
                  entry("limit_upload_kib", Feature.BANDWIDTH),
                  entry("limit_download_kib", Feature.BANDWIDTH),
                  entry("read_data_subset", Feature.READ_DATA_SUBSET)));

  private final WireCodec codec = new WireCodec();
  private final boolean fromServer;

  /**
   * @param fromServer whether the frames are a control plane's
   */
  public FrameRules(boolean fromServer) {
    this.fromServer = fromServer;
  }

  private static Map<String, Set<String>> baseKeys() {
    Map<String, Set<String>> keys = new TreeMap<>();
    keys.put(
        "hello",
        Set.of(
            "protocol_version",
            "agent_version",
            "restic_version",
            "hostname",
            "os",
            "arch",
            "boot_time",
            // what begins the negotiation
            "features",
            "time_zone",
            "jobs"));
    keys.put(
        "welcome", Set.of("protocol_version", "server_version", "features", "heartbeat_seconds"));
    keys.put("heartbeat", Set.of("sent_at"));
    keys.put(
        "command.run",
        Set.of(
            "job_id",
            "kind",
            "args",
            "includes",
            "excludes",
            "tag",
            "retention_policy",
            "requires_admin_creds"));
    keys.put("command.result", Set.of("job_id", "accepted", "error"));
    keys.put("command.cancel", Set.of("job_id"));
    keys.put("command.update", Set.of("version", "url", "sha256"));
    keys.put("job.started", Set.of("job_id", "kind", "started_at"));
    keys.put(
        "job.progress",
        Set.of(
            "job_id",
            "percent_done",
            "files_done",
            "total_files",
            "bytes_done",
            "total_bytes",
            "eta_seconds",
            "throughput_bps"));
    keys.put("log.stream", Set.of("job_id", "seq", "ts", "stream", "payload"));
    keys.put("log.lines", Set.of("job_id", "first_seq", "lines"));
    keys.put(
        "repo.stats",
        Set.of(
            "total_size_bytes",
            "raw_size_bytes",
            "unique_files",
            "snapshot_count",
            "last_check_at",
            "last_check_status",
            "lock_present",
            "last_prune_at",
            "last_prune_freed_bytes"));
    keys.put("snapshots.report", Set.of("snapshots"));
    keys.put(
        "job.finished", Set.of("job_id", "status", "exit_code", "finished_at", "stats", "error"));
    keys.put("schedule.set", Set.of("version", "schedules"));
    keys.put("schedule.ack", Set.of("version", "applied_at"));
    keys.put("schedule.fire", Set.of("schedule_id", "scheduled_at"));
    keys.put(
        "config.update",
        Set.of(
            "repo_url", "repo_password", "repo_username", "repo_credential", "hook_shell", "slot"));
    keys.put("agent.update.available", Set.of("latest_version", "package_url", "changelog"));
    keys.put("event.ack", Set.of("job_id", "seq", "finished"));
    keys.put("tree.list", Set.of("snapshot_id", "path", "offset", "limit"));
    keys.put("tree.list.result", Set.of("entries", "more", "error"));
    keys.put("token.update", Set.of("token"));
    keys.put("token.update.result", Set.of("stored", "error"));
    keys.put("error", Set.of("code", "message", "help_url"));
    return keys;
  }

  /**
   * What is wrong with this frame; empty if nothing is.
   *
   * @param sizeBytes its length on the wire
   * @param features the extensions that both sides have named
   */
  public List<String> violations(Frame frame, int sizeBytes, Set<String> features) {
    List<String> wrong = new ArrayList<>();
    if (sizeBytes > LARGEST_FRAME_BYTES) {
      wrong.add("it is larger than 1 MiB: " + sizeBytes + " bytes");
    }
    JsonObject json = frame.json();
    json.keySet().stream()
        .filter(key -> !ENVELOPE.contains(key))
        .forEach(key -> wrong.add("the envelope has the key '" + key + "'"));
    understood(frame).ifPresent(wrong::add);
    if (json.containsKey("id") && frame.id().filter(id -> !id.isEmpty()).isEmpty()) {
      wrong.add("id is not a text");
    }
    if (WITH_ID.contains(frame.type()) && frame.id().isEmpty()) {
      wrong.add("a request or reply without an id");
    }
    if (!WITH_ID.contains(frame.type()) && frame.id().isPresent()) {
      wrong.add("a one-way message with an id");
    }
    look("", json, wrong);
    extensions(frame, features, wrong);
    return wrong;
  }

  private Optional<String> understood(Frame frame) {
    Decoded decoded =
        fromServer ? codec.decodeFromServer(frame.raw()) : codec.decodeFromAgent(frame.raw());
    if (decoded instanceof Decoded.Malformed malformed) {
      return Optional.of("it is malformed: " + malformed.reason());
    }
    // this version's codec may not know a type that the protocol has
    return decoded instanceof Decoded.UnknownType unknown && !BASE_KEYS.containsKey(unknown.type())
        ? Optional.of("the protocol has no type '" + unknown.type() + "'")
        : Optional.empty();
  }

  private static void look(String path, JsonValue value, List<String> wrong) {
    if (value == JsonValue.NULL) {
      wrong.add(path + " is null: what is absent is left out");
    } else if (value instanceof JsonArray list) {
      list.forEach(element -> look(path + "[]", element, wrong));
    } else if (value instanceof JsonObject object) {
      object.forEach(
          (key, element) -> {
            String below = path.isEmpty() ? key : path + "." + key;
            if (TIMES.contains(key) && element instanceof JsonString time) {
              time(below, time, wrong);
            }
            if (!FOREIGN.contains(key)) {
              look(below, element, wrong);
            }
          });
    }
  }

  private static void time(String path, JsonString time, List<String> wrong) {
    boolean local = path.equals(SNAPSHOT_TIME);
    if (!(local ? ANY_OFFSET : UTC).matcher(time.getString()).matches()) {
      wrong.add(path + " is not an RFC 3339 time" + (local ? ": " : " in UTC: ") + time);
    }
  }

  private static void extensions(Frame frame, Set<String> features, List<String> wrong) {
    String type = frame.type();
    String feature = EXTENSION_TYPES.get(type);
    if (feature != null && !features.contains(feature)) {
      wrong.add("it is the extension '" + feature + "', which we did not both name");
    }
    Map<String, String> extended = EXTENSION_KEYS.getOrDefault(type, Map.of());
    Set<String> base = BASE_KEYS.getOrDefault(type, frame.payload().keySet());
    for (String key : frame.payload().keySet()) {
      String needed = extended.get(key);
      if (needed != null ? !features.contains(needed) : !base.contains(key)) {
        wrong.add(
            needed == null
                ? "the protocol has no key '" + key + "' in " + type
                : "'" + key + "' is the extension '" + needed + "', which we did not both name");
      }
    }
  }

  /** For tests: the types whose keys are known here. */
  static Set<String> knownTypes() {
    return BASE_KEYS.keySet();
  }

  /** For tests: all keys of a message, those of extensions too. */
  static Set<String> keysOf(String type) {
    Set<String> keys = new TreeSet<>(BASE_KEYS.getOrDefault(type, Set.of()));
    keys.addAll(EXTENSION_KEYS.getOrDefault(type, Map.of()).keySet());
    return keys;
  }
}
