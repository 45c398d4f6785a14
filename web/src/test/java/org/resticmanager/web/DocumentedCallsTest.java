package org.resticmanager.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documented table of who may call what is the one that the code enforces, call by call. */
class DocumentedCallsTest {

  private static final java.nio.file.Path DOCS = java.nio.file.Path.of("../docs");
  private static final java.nio.file.Path PAGES = java.nio.file.Path.of("src/main/webapp");
  private static final Pattern CALL =
      Pattern.compile("`(GET|POST|PUT|DELETE) ([^`?]*)[^`]*`|`…([^`]*)`");
  private static final Set<String> OPEN =
      Set.of("–", "set-up token", "set-up link", "enrolment token", "proof");

  /**
   * A call, in the code or in the documentation.
   *
   * @param role as the documentation calls it; "open" if no role is needed
   */
  private record Call(String verb, String path, String role) {

    /** Whether it is the same call; a fixed part of the documentation may stand for a variable. */
    boolean documents(Call coded) {
      String[] mine = path.split("/", -1);
      String[] theirs = coded.path.split("/", -1);
      if (!verb.equals(coded.verb) || mine.length != theirs.length) {
        return false;
      }
      for (int i = 0; i < mine.length; i++) {
        if (!mine[i].equals(theirs[i]) && !theirs[i].startsWith("{")) {
          return false;
        }
      }
      return true;
    }
  }

  private static List<Call> coded() {
    List<Call> calls = new ArrayList<>();
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.resticmanager.web.api")) {
      Class<?> resource = found.reflect();
      if (resource.isAnnotationPresent(Path.class)) {
        for (Method method : resource.getDeclaredMethods()) {
          verb(method)
              .ifPresent(verb -> calls.add(new Call(verb, path(resource, method), role(method))));
        }
      }
    }
    return calls;
  }

  private static Optional<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(Class<?> resource, Method method) {
    String whole = value(resource) + "/" + value(method);
    return ("/" + whole).replaceAll("/+", "/").replaceAll("/$", "");
  }

  private static String value(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }

  private static String role(Method method) {
    return method.isAnnotationPresent(PermitAll.class)
        ? "open"
        : String.join("|", method.getAnnotation(RolesAllowed.class).value()).replace('-', ' ');
  }

  private static List<Call> documented() throws IOException {
    List<Call> calls = new ArrayList<>();
    for (String line : Files.readAllLines(DOCS.resolve("api.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length < 4 || !CALL.matcher(cells[1]).find()) {
        continue;
      }
      String[] roles = cells[2].strip().split(", ", -1);
      Matcher call = CALL.matcher(cells[1]);
      Call last = null;
      for (int i = 0; call.find(); i++) {
        String role = roles[Math.min(i, roles.length - 1)].replace('-', ' ');
        last =
            call.group(1) == null
                ? new Call(last.verb, sibling(last.path, call.group(3)), last.role)
                : new Call(call.group(1), call.group(2), OPEN.contains(roles[0]) ? "open" : role);
        calls.add(last);
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

  @Test
  void everyCallIsDocumentedWithItsRole() throws IOException {
    List<Call> documented = documented();
    for (Call coded : coded()) {
      assertThat(documented.stream().filter(call -> call.documents(coded)).toList())
          .as("docs/api.md names %s", coded)
          .isNotEmpty()
          .allMatch(call -> call.role().equals(coded.role()), "and its role " + coded.role());
    }
  }

  @Test
  void everyDocumentedCallExists() throws IOException {
    List<Call> coded = coded();
    assertThat(documented())
        .hasSizeGreaterThan(60)
        .allSatisfy(call -> assertThat(coded).as("%s", call).anyMatch(call::documents));
  }

  @Test
  void everyPageStandsInTheTableOfDoors() throws IOException {
    Set<String> pages = new TreeSet<>();
    try (Stream<java.nio.file.Path> files = Files.list(PAGES)) {
      files
          .map(file -> "/" + file.getFileName())
          .filter(name -> name.endsWith(".xhtml"))
          .forEach(pages::add);
    }
    Set<String> documented = new TreeSet<>();
    Matcher page =
        Pattern.compile("`(/[a-z-]+\\.xhtml)`")
            .matcher(Files.readString(DOCS.resolve("security.md")));
    while (page.find()) {
      documented.add(page.group(1));
    }
    assertThat(documented).isEqualTo(pages);
  }
}
