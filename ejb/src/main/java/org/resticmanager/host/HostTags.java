package org.resticmanager.host;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;

/** What people call hosts besides their names, to find those that belong together. */
@Stateless
@PermitAll
public class HostTags {

  @Inject private HostTagStore store;
  @Inject private Hosts hosts;
  @Inject private Audit audit;
  @Inject private Event<HostTagsChanged> changed;

  /**
   * The tags of a host.
   *
   * @throws org.resticmanager.platform.NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public Tags of(HostId host) {
    return known(hosts.find(host).id());
  }

  private Tags known(HostId host) {
    return store.of(List.of(host)).getOrDefault(host, Tags.NONE);
  }

  /** The tags of each of these hosts; those without any are left out. */
  @RolesAllowed("viewer")
  public Map<HostId, Tags> of(Collection<HostId> many) {
    return store.of(hosts.seen(many));
  }

  /**
   * Replaces the tags of a host. May be repeated. For who sees every host: tags say who sees this
   * one.
   *
   * @param condition is asked with the tags locked, before the change; throws to refuse it
   * @throws org.resticmanager.platform.NotFound if there is no such host
   */
  @RolesAllowed("fleet-operator")
  public Tags put(HostId host, Tags tags, Consumer<Tags> condition) {
    String name = hosts.find(host).name();
    store.lock(host);
    Tags before = known(host);
    condition.accept(before);
    store.replace(host, tags);
    audit.changed(
        "host.tags-changed",
        Target.of("host", host, name),
        Facts.with("tags", before.names()),
        Facts.with("tags", tags.names()));
    changed.fire(new HostTagsChanged(host));
    return tags;
  }
}
