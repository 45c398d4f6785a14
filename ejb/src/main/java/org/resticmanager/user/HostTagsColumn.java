package org.resticmanager.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.resticmanager.host.Tags;

/** The tags of hosts that somebody is limited to, as an array in a row. */
final class HostTagsColumn {

  private HostTagsColumn() {}

  static Tags read(ResultSet row, String column) throws SQLException {
    return new Tags(List.of((String[]) row.getArray(column).getArray()));
  }

  /** For {@code string_to_array(?, ' ')}: a tag has no space in it. */
  static String written(Tags tags) {
    return String.join(" ", tags.names());
  }
}
