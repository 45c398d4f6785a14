package org.resticmanager.protocol.wire;

/**
 * Names of the negotiated extensions (protocol, section 4). A side names those that it speaks; what
 * the other side has not named is never sent to it.
 */
public final class Feature {

  /** The server confirms what it has committed with {@code event.ack}. */
  public static final String ACK = "ack";

  /** {@code hello.jobs} lists every job that the agent still holds. */
  public static final String RESUME = "resume";

  /** {@code snapshots.report} may come in parts. */
  public static final String PARTS = "parts";

  /** One job of kind {@code forget} may carry several groups. */
  public static final String FORGET_GROUPS = "forget_groups";

  /** Jobs of kind {@code restore}. */
  public static final String RESTORE = "restore";

  /** Jobs of kind {@code diff}. */
  public static final String DIFF = "diff";

  /** Jobs of kind {@code test}. */
  public static final String TEST = "test";

  /** Jobs of kind {@code key_add} and {@code key_remove}, and the password that they are about. */
  public static final String KEY = "key";

  /** {@code tree.list} and its result. */
  public static final String TREE = "tree";

  /** {@code command.run} may carry hooks. */
  public static final String HOOKS = "hooks";

  /** A backup may leave out more than patterns say. */
  public static final String EXCLUDE_OPTIONS = "exclude_options";

  /** {@code config.update} and {@code command.run} may limit the bandwidth. */
  public static final String BANDWIDTH = "bandwidth";

  /** {@code config.update} may carry variables of the environment for the backend. */
  public static final String ENVIRONMENT = "environment";

  /** A {@code check} may name the part of the data to read. */
  public static final String READ_DATA_SUBSET = "read_data_subset";

  /** A schedule may name the zone in which it is meant, and {@code hello} that of the host. */
  public static final String SCHEDULE_ZONE = "schedule_zone";

  /** {@code token.update} and its result. */
  public static final String TOKEN = "token";

  /** {@code repo.stats} may tell how large the repository would be without compression. */
  public static final String COMPRESSION = "compression";

  /** {@code snapshots.report} may name only what was added. */
  public static final String SNAPSHOTS_ADDED = "snapshots_added";

  /** {@code job.progress} may name the file that is being read. */
  public static final String CURRENT_FILE = "current_file";

  /** {@code log.lines}. */
  public static final String LOG_LINES = "log_lines";

  /** {@code command.update}. */
  public static final String UPDATE = "update";

  private Feature() {}
}
