package org.resticmanager.web.ui;

import java.util.Arrays;
import java.util.Objects;
import org.resticmanager.host.Tags;

/** Tags as a person types them: with blanks or commas between them. */
final class TypedTags {

  private TypedTags() {}

  /**
   * Reads them.
   *
   * @param field the input's id, for a refusal
   * @throws org.resticmanager.platform.Invalid if one is no tag, or there are too many
   */
  static Tags read(String field, String typed) {
    return Tags.of(
        field,
        Arrays.stream(Objects.requireNonNullElse(typed, "").split("[\\s,]+"))
            .filter(tag -> !tag.isEmpty())
            .toList());
  }

  static String write(Tags tags) {
    return String.join(" ", tags.names());
  }
}
