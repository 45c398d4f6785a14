package org.resticmanager.user;

import java.util.Set;
import org.resticmanager.audit.Target;
import org.resticmanager.host.Sight;
import org.resticmanager.host.Tags;

/**
 * A person who has proved who they are.
 *
 * @param id the person
 * @param name for the audit trail and the page's corner
 * @param role what they may do
 * @param hostTags they see the hosts with one of them; none: every host
 */
public record Caller(UserId id, String name, Role role, Tags hostTags) {

  /**
   * The group of those who came in by their password, and not by an API token: only they may do
   * what concerns their own account.
   */
  public static final String SIGNED_IN = "signed-in";

  /** Which hosts they see. */
  public Sight sight() {
    return Sight.within(hostTags);
  }

  /** What they may do, as the container is to know it. */
  public Set<String> groups() {
    return role.groups(sight());
  }

  /** As what something is done to them. */
  Target target() {
    return Target.of("person", id, name);
  }
}
