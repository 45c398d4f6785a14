package org.resticmanager.agent.config;

/**
 * How to reach the repository through one slot; what was never given is the empty text.
 *
 * @param url restic's repository location
 * @param password the repository's password; secret
 * @param username the user for a REST server
 * @param credential the password for a REST server; secret
 * @param hookShell the shell that runs hooks
 */
public record RepositoryConnection(
    String url, String password, String username, String credential, String hookShell) {

  static final RepositoryConnection NONE = new RepositoryConnection("", "", "", "", "");

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
