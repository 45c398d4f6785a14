package org.resticmanager.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls and pages that {@code docs/api.md} and {@code docs/security.md} name, and for whom. */
final class DocumentedDoors {

  private static final Pattern CALL =
      Pattern.compile("`(GET|POST|PUT|DELETE) (/[^`?]*)[^`]*`|`…([^`]*)`");
  private static final Pattern PAGE = Pattern.compile("`(/[a-z-]+\\.xhtml)`");
  private static final Set<String> ROLES =
      Set.of("viewer", "operator", "fleet-operator", "restore-operator", "admin");

  /**
   * A call of the REST API.
   *
   * @param path below {@code /api/v1}, with variables as in {@code {host}}
   * @param role the least for it
   */
  record Call(String method, String path, String role) {

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * A page.
   *
   * @param role the least for it, or {@code everybody}
   */
  record Page(String path, String role) {}

  private DocumentedDoors() {}

  /** The calls that need a role. */
  static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (String line : lines("docs/api.md")) {
      String[] cells = line.split("\\|", -1);
      if (cells.length < 4) {
        continue;
      }
      String[] roles = cells[2].strip().split(", ", -1);
      Matcher call = CALL.matcher(cells[1]);
      Call last = null;
      for (int i = 0; call.find(); i++) {
        last =
            call.group(1) == null
                ? new Call(last.method(), sibling(last.path(), call.group(3)), last.role())
                : new Call(call.group(1), call.group(2), roles[Math.min(i, roles.length - 1)]);
        if (ROLES.contains(last.role())) {
          calls.add(last);
        }
      }
    }
    return calls;
  }

  /** {@code …/b} beside {@code /x/a} is {@code /x/b}, as deep as it names parts. */
  private static String sibling(String path, String end) {
    String start = path;
    for (int i = 0; i < end.chars().filter(c -> c == '/').count(); i++) {
      start = start.substring(0, start.lastIndexOf('/'));
    }
    return start + end;
  }

  /** All pages. */
  static List<Page> pages() {
    List<Page> pages = new ArrayList<>();
    for (String line : lines("docs/security.md")) {
      if (!line.startsWith("|")) {
        continue; // a page that a sentence names
      }
      Matcher page = PAGE.matcher(line);
      while (page.find()) {
        String role = line.split("\\|", -1)[2].strip().replaceFirst("[;:].*", "");
        pages.add(new Page(page.group(1), role));
      }
    }
    return pages;
  }

  private static List<String> lines(String document) {
    try {
      return Files.readAllLines(Project.root().resolve(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
