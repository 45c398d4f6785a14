package org.resticmanager.savedview;

import static java.util.Objects.requireNonNull;

import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;

/**
 * A view of the list of hosts that a person has saved.
 *
 * @param id by which it is removed
 * @param name what the person calls it; no two of theirs are called alike
 * @param query what the list shows
 */
public record SavedView(SavedViewId id, String name, ViewQuery query) {

  public SavedView {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(query);
  }

  Target target() {
    return Target.of("saved-view", id, name);
  }

  Facts facts() {
    return Facts.with("query", query.text());
  }
}
