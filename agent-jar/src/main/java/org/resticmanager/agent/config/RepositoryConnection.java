package org.resticmanager.agent.config;

import java.util.Map;

/**
 * How to reach the repository through one slot; what was never given is the empty text.
 *
 * @param url restic's repository location
 * @param password the repository's password; secret
 * @param username the user at the backend
 * @param credential the password or key that belongs to it; secret
 * @param hookShell the shell that runs hooks
 * @param environment further credentials for the backend, as restic's variables; secret
 * @param limitUploadKib KiB per second, 0 for none
 * @param limitDownloadKib KiB per second, 0 for none
 * @param keyPassword another password of the repository, for jobs that are about its keys; secret
 */
public record RepositoryConnection(
    String url,
    String password,
    String username,
    String credential,
    String hookShell,
    Map<String, String> environment,
    long limitUploadKib,
    long limitDownloadKib,
    String keyPassword) {

  static final RepositoryConnection NONE =
      new RepositoryConnection("", "", "", "", "", Map.of(), 0, 0, "");

  public RepositoryConnection {
    environment = Map.copyOf(environment);
  }

  /** Whether the control plane has told us of a repository at all. */
  public boolean known() {
    return !url.isEmpty();
  }

  /** Without anything secret; a location may carry a password too. */
  @Override
  public String toString() {
    return "RepositoryConnection[known=" + known() + "]";
  }
}
