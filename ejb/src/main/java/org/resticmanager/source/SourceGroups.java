package org.resticmanager.source;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;

/** The source groups of hosts. */
@Stateless
@PermitAll
public class SourceGroups {

  /** The name is a tag of restic, where a comma separates tags. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}");

  @Inject private SourceGroupStore store;
  @Inject private Hosts hosts;
  @Inject private Clock clock;

  /**
   * Makes a source group, or replaces what one covers. May be repeated.
   *
   * @throws NotFound if there is no such host
   * @throws Invalid if the name could not be a tag
   */
  @RolesAllowed("operator")
  public SourceGroupDetails put(HostId host, String name, Paths paths) {
    hosts.find(host);
    if (name == null || !NAME.matcher(name).matches()) {
      throw new Invalid(
          "name",
          "must begin with a letter or digit and hold up to 100 letters, digits, blanks, dots,"
              + " dashes and underscores");
    }
    SourceGroup group = store.find(host, name).orElseGet(() -> added(host, name, paths));
    group.cover(paths);
    return group.details();
  }

  private SourceGroup added(HostId host, String name, Paths paths) {
    SourceGroup group = new SourceGroup(host, name, clock.instant());
    group.cover(paths);
    store.insert(group);
    return group;
  }

  /**
   * The source groups of a host, by name.
   *
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public List<SourceGroupDetails> of(HostId host) {
    hosts.find(host);
    return store.of(host).stream().map(SourceGroup::details).toList();
  }

  /**
   * One source group.
   *
   * @throws NotFound if the host has none of this name
   */
  @RolesAllowed("viewer")
  public SourceGroupDetails find(HostId host, String name) {
    return group(host, name);
  }

  /**
   * What a queued job is to back up, as it stands now.
   *
   * @throws NotFound if the source group is gone
   */
  public SourceGroupDetails ofJob(HostId host, String name) {
    return group(host, name);
  }

  private SourceGroupDetails group(HostId host, String name) {
    return store
        .find(host, name)
        .map(SourceGroup::details)
        .orElseThrow(() -> new NotFound("source group", name));
  }
}
