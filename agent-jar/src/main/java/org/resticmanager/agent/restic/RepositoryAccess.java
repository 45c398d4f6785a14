package org.resticmanager.agent.restic;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What restic must know to reach a repository. It reaches restic through its environment only.
 *
 * @param url restic's repository location
 * @param password the repository's password; secret
 * @param username the user of a REST server, or the id of an S3, B2 or Azure key; empty if none
 * @param credential the password or key that belongs to it; secret
 * @param backend further variables for the backend; secret
 */
public record RepositoryAccess(
    String url, String password, String username, String credential, Map<String, String> backend) {

  private static final Pattern BACKEND =
      Pattern.compile("^(local|sftp|rest|s3|swift|b2|azure|gs|rclone):.*", Pattern.DOTALL);
  private static final Pattern ABSOLUTE =
      Pattern.compile("^(/|\\\\\\\\|[A-Za-z]:[/\\\\]).*", Pattern.DOTALL);

  /** Without a backend of its own and without options, some of which make rclone run a program. */
  private static final Pattern RCLONE_REMOTE =
      Pattern.compile("^rclone:(?!-)[A-Za-z0-9_ .+@-]+:.*", Pattern.DOTALL);

  /** A user or a host that ssh takes for an option; in a URL, restic decodes the user. */
  private static final Pattern SSH_OPTION =
      Pattern.compile("^sftp:(//([^/]*@)?(-|%2[dD])|(?!//)([^:]*@)?-).*", Pattern.DOTALL);

  private static final Map<String, KeyPair> KEY_PAIRS =
      Map.of(
          "s3", new KeyPair("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
          "b2", new KeyPair("B2_ACCOUNT_ID", "B2_ACCOUNT_KEY"),
          "azure", new KeyPair("AZURE_ACCOUNT_NAME", "AZURE_ACCOUNT_KEY"));
  private static final String UNRESERVED = "-._~";

  /** Why restic cannot be started with this; empty if it can. */
  public Optional<String> problem() {
    if (url.isEmpty()) {
      return Optional.of(
          "this host has no repository yet; enter its connection in the control plane");
    }
    if (password.isEmpty()) {
      return Optional.of("the repository's password is missing; enter it in the control plane");
    }
    String path = url.startsWith("local:") ? url.substring("local:".length()) : url;
    boolean folder = url.startsWith("local:") || !BACKEND.matcher(url).matches();
    if (folder && !ABSOLUTE.matcher(path).matches()) {
      return Optional.of(
          "the repository's location is neither an absolute path nor one that begins with a"
              + " backend's name such as rest: or s3:; correct it in the control plane");
    }
    return programRun();
  }

  /** What the control plane says must not make restic run a program of its choice. */
  private Optional<String> programRun() {
    if (url.startsWith("rclone:") && !RCLONE_REMOTE.matcher(url).matches()) {
      return Optional.of(
          "the repository's location does not name a remote that rclone knows on this host, as in"
              + " rclone:NAME:path; options in it could make rclone run a program and are not taken;"
              + " correct it in the control plane");
    }
    if (SSH_OPTION.matcher(url).matches()) {
      return Optional.of(
          "the user or the host in the repository's location begins with a '-', which ssh would take"
              + " for an option; correct it in the control plane");
    }
    return Optional.empty();
  }

  /** The same repository, opened with another password. */
  public RepositoryAccess withPassword(String other) {
    return new RepositoryAccess(url, other, username, credential, backend);
  }

  Map<String, String> environment(ResticVersion version) {
    Map<String, String> environment = new HashMap<>();
    keyPair().ifPresent(pair -> pair.addTo(environment, username, credential));
    environment.putAll(backend);
    environment.put("RESTIC_PASSWORD", password);
    boolean restUser = url.startsWith("rest:") && !username.isEmpty();
    if (restUser && !version.atLeast(0, 18)) {
      environment.put("RESTIC_REPOSITORY", withUser());
    } else {
      environment.put("RESTIC_REPOSITORY", url);
    }
    if (restUser && version.atLeast(0, 18)) {
      environment.put("RESTIC_REST_USERNAME", username);
      environment.put("RESTIC_REST_PASSWORD", credential);
    }
    return environment;
  }

  /** By which variables the backend takes a user and a key; empty if it does not. */
  private Optional<KeyPair> keyPair() {
    return username.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(KEY_PAIRS.get(url.substring(0, Math.max(0, url.indexOf(':')))));
  }

  private record KeyPair(String id, String key) {

    void addTo(Map<String, String> environment, String username, String credential) {
      environment.put(id, username);
      environment.put(key, credential);
    }
  }

  /** For versions that take the user of a REST server from its address only. */
  private String withUser() {
    int start = url.indexOf("://");
    if (start < 0) {
      return url;
    }
    start += "://".length();
    int path = url.indexOf('/', start);
    int end = path < 0 ? url.length() : path;
    int host = url.lastIndexOf('@', end - 1) + 1;
    return url.substring(0, start)
        + percentEncoded(username)
        + ':'
        + percentEncoded(credential)
        + '@'
        + url.substring(host > start ? host : start);
  }

  static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c < 128 && Character.isLetterOrDigit(c)) || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  /** Without anything secret; the location may hold a password too. */
  @Override
  public String toString() {
    return "RepositoryAccess[]";
  }
}
