package org.resticmanager.web.api;

import java.util.List;
import org.resticmanager.host.Tags;

/** The tags of hosts that somebody is to be limited to, as a field of a body. */
final class HostTagsField {

  private HostTagsField() {}

  /** None if the field is absent. */
  static Tags read(List<String> given) {
    return given == null ? Tags.NONE : Tags.of("hostTags", given);
  }
}
