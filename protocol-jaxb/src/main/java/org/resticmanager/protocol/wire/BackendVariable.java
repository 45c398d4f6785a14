package org.resticmanager.protocol.wire;

import java.util.Set;

/**
 * A variable of the environment by which restic gets credentials for its backend. Only those that
 * restic reads for that are let through: none that could make it run a program, read a settings
 * file or load a library.
 *
 * @param name one of {@link #NAMES}
 * @param value secret
 */
public record BackendVariable(String name, String value) {

  /** What a name may be. */
  public static final Set<String> NAMES =
      Set.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_DEFAULT_REGION",
          "B2_ACCOUNT_ID",
          "B2_ACCOUNT_KEY",
          "AZURE_ACCOUNT_NAME",
          "AZURE_ACCOUNT_KEY",
          "AZURE_ACCOUNT_SAS",
          "AZURE_ENDPOINT_SUFFIX",
          "GOOGLE_PROJECT_ID",
          "GOOGLE_ACCESS_TOKEN",
          "GOOGLE_APPLICATION_CREDENTIALS",
          "OS_AUTH_URL",
          "OS_REGION_NAME",
          "OS_USERNAME",
          "OS_USER_ID",
          "OS_PASSWORD",
          "OS_TENANT_ID",
          "OS_TENANT_NAME",
          "OS_USER_DOMAIN_NAME",
          "OS_USER_DOMAIN_ID",
          "OS_PROJECT_NAME",
          "OS_PROJECT_DOMAIN_NAME",
          "OS_PROJECT_DOMAIN_ID",
          "OS_TRUST_ID",
          "OS_APPLICATION_CREDENTIAL_ID",
          "OS_APPLICATION_CREDENTIAL_NAME",
          "OS_APPLICATION_CREDENTIAL_SECRET",
          "OS_STORAGE_URL",
          "OS_AUTH_TOKEN",
          "ST_AUTH",
          "ST_USER",
          "ST_KEY");

  public BackendVariable {
    Require.present(name, "name");
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("name is no variable of a backend");
    }
    Require.present(value, "value");
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("value holds the character NUL");
    }
  }

  /** Without the value, which must never reach a log. */
  @Override
  public String toString() {
    return "BackendVariable[name=" + name + "]";
  }
}
