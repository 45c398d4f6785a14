package org.resticmanager.agent.restic;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.resticmanager.agent.config.Words;

/**
 * Why a restic failed, told from its exit code and from its words: versions before 0.17 have one
 * code for everything, and no version's code alone is to be trusted.
 */
public enum Trouble {
  /** The REST server refuses the user or the password. */
  UNAUTHORIZED,
  /**
   * The REST server knows the user, and does not let it do this; one that may only append, delete.
   */
  FORBIDDEN,
  /** Nobody answers at the repository's address. */
  UNREACHABLE,
  /** The repository's folder, or our cache, may not be read or written. */
  PERMISSION_DENIED,
  /** The repository's disk is full, or ours. */
  DISK_FULL,
  /** The repository is there and its password is another one. */
  WRONG_PASSWORD,
  /** Another restic holds a lock that excludes this one. */
  LOCKED,
  /** Nobody has run init there. */
  REPOSITORY_MISSING,
  /** Somebody else than we asked restic to end. */
  INTERRUPTED,
  /** Something else; restic's own words must do. */
  OTHER;

  /** What a restic that was interrupted ends with, of whatever version and by whatever signal. */
  static final int CODE_INTERRUPTED = 130;

  private static final int CODE_FAILED = 1;
  private static final int CODE_MISSING = 10;
  private static final int CODE_LOCKED = 11;
  private static final int CODE_WRONG_PASSWORD = 12;
  private static final int CODE_TERMINATED = 128 + 15;
  private static final int LONGEST = 600;

  private static final Pattern HOLDER =
      Pattern.compile("already locked (?:exclusively )?(by PID \\d+ on \\S+ by \\S+)");
  private static final Pattern SINCE = Pattern.compile("lock was created at ([^\\n]+)");
  private static final Pattern NETWORK =
      Pattern.compile(
          "connection refused|no such host|i/o timeout|connection timed out|network is unreachable"
              + "|no route to host|connection reset|tls: |x509: |certificate|server misbehaving"
              + "|context deadline exceeded|ssh: connect|broken pipe|name resolution"
              + "|\\(5\\d\\d\\)");
  private static final Pattern REFUSED =
      Pattern.compile(
          "\\(401\\)|401 unauthorized|permission denied \\(publickey|stat: forbidden|access denied\\."
              + "|signature we calculated|access key id you provided");
  private static final Pattern DENIED = Pattern.compile("\\(403\\)|403 forbidden");
  private static final Pattern SIGNAL = Pattern.compile("signal (interrupt|terminated) received");
  private static final Pattern MISSING =
      Pattern.compile(
          "repository does not exist|unable to open config file|is there a repository at"
              + "|repository not found");

  /** What was the matter. The order of the questions matters: "no repository" is said to many. */
  static Trouble of(int exitCode, Complaints complaints) {
    String words = complaints.everything().toLowerCase(Locale.ROOT);
    if (exitCode == CODE_WRONG_PASSWORD || words.contains("wrong password or no key found")) {
      return WRONG_PASSWORD;
    }
    if (exitCode == CODE_LOCKED || words.contains("repository is already locked")) {
      return LOCKED;
    }
    if (REFUSED.matcher(words).find()) {
      return UNAUTHORIZED;
    }
    if (DENIED.matcher(words).find()) {
      return FORBIDDEN;
    }
    if (NETWORK.matcher(words).find()) {
      return UNREACHABLE;
    }
    if (words.contains("permission denied") || words.contains("read-only file system")) {
      return PERMISSION_DENIED;
    }
    if (words.contains("no space left on device") || words.contains("disk quota exceeded")) {
      return DISK_FULL;
    }
    if (exitCode == CODE_MISSING || MISSING.matcher(words).find()) {
      return REPOSITORY_MISSING;
    }
    if (exitCode == CODE_INTERRUPTED
        || exitCode == CODE_TERMINATED
        || SIGNAL.matcher(words).find()) {
      return INTERRUPTED;
    }
    return OTHER;
  }

  /**
   * The exit code with the meaning that later versions give it, whatever this version ended with:
   * 10 no repository, 11 locked, 12 wrong password, 130 interrupted. None of these is left where
   * restic's words say that something else was the matter.
   */
  static int code(int exitCode, Complaints complaints) {
    if (exitCode <= 0) {
      return exitCode;
    }
    return switch (of(exitCode, complaints)) {
      case REPOSITORY_MISSING -> CODE_MISSING;
      case LOCKED -> CODE_LOCKED;
      case WRONG_PASSWORD -> CODE_WRONG_PASSWORD;
      case INTERRUPTED -> CODE_INTERRUPTED;
      case UNAUTHORIZED, FORBIDDEN, UNREACHABLE, PERMISSION_DENIED, DISK_FULL, OTHER ->
          exitCode >= CODE_MISSING && exitCode <= CODE_WRONG_PASSWORD ? CODE_FAILED : exitCode;
    };
  }

  /** For a person who can act on it; one line. */
  String inWords(Complaints complaints) {
    String said = shortened(complaints.lastWords());
    return switch (this) {
      case UNAUTHORIZED ->
          "the repository's server refused the user name or password; correct them in the control"
              + " plane ("
              + said
              + ")";
      case FORBIDDEN ->
          "the repository's server does not let this user delete or write (" + said + ")";
      case UNREACHABLE -> "the repository is not reachable (" + said + ")";
      case PERMISSION_DENIED ->
          "the repository may not be read or written by this agent; check the rights of its folder ("
              + said
              + ")";
      case DISK_FULL -> "there is no space left on the device (" + said + ")";
      case WRONG_PASSWORD -> "the repository's password is wrong; correct it in the control plane";
      case LOCKED -> "the repository is locked" + holder(complaints.everything());
      case REPOSITORY_MISSING ->
          "there is no repository at this location; correct the location, or have it made anew in the"
              + " control plane ("
              + said
              + ")";
      case INTERRUPTED -> "restic was ended by a signal that somebody on this host sent";
      case OTHER -> said.isEmpty() ? "restic gave no reason" : said;
    };
  }

  private static String holder(String words) {
    Matcher holder = HOLDER.matcher(words);
    Matcher since = SINCE.matcher(words);
    return (holder.find() ? " " + holder.group(1) : " by another restic")
        + (since.find() ? " since " + since.group(1).strip() : "")
        + "; wait for it to end, or unlock if it is dead";
  }

  private static String shortened(String words) {
    String line = Words.oneLine(words.replaceAll("(?m)^(Fatal: )+", ""));
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
