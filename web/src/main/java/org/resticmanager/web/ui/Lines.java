package org.resticmanager.web.ui;

import java.util.List;
import org.resticmanager.platform.Invalid;

/** Lists in a text area, an entry a line. */
final class Lines {

  private Lines() {}

  /** The entries, without empty lines; blanks around them count, as file names may have them. */
  static List<String> read(String text) {
    return text == null ? List.of() : text.lines().filter(line -> !line.isBlank()).toList();
  }

  /**
   * The text of a list.
   *
   * @throws Invalid if an entry is more than a line: it would come back as two
   */
  static String write(List<String> entries, String field) {
    if (entries.stream().anyMatch(entry -> entry.lines().count() > 1)) {
      throw new Invalid(field, "holds a name with a line break: edit it through the REST API");
    }
    return String.join("\n", entries);
  }
}
