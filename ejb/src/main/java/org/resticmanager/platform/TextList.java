package org.resticmanager.platform;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;

/** Lists of texts in a column, as a JSON array: paths may contain any separator. */
public final class TextList {

  private TextList() {}

  /** The column's content. */
  public static String toColumn(List<String> texts) {
    return JSON.createArrayBuilder(texts).build().toString();
  }

  /** The list again. */
  public static List<String> fromColumn(String json) {
    try (var reader = JSON.createReader(new StringReader(json))) {
      return reader.readArray().getValuesAs(JsonString::getString);
    }
  }
}
