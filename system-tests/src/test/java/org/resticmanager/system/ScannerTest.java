package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a scanner of web applications finds here, from outside and as an administrator: nothing. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class ScannerTest {

  /** All that need no server of the scanner's on the internet. */
  private static final String MODULES =
      "cookieflags,crlf,csp,exec,file,http_headers,methods,permanentxss,redirect,sql,xss";

  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final int MOST_SECONDS_TO_EXPLORE = 120;
  private static final int MOST_SECONDS_FOR_A_MODULE = 60;

  /** The balancer keeps from the control plane what would end the scanner's own sign-in. */
  private static final List<String> KEEPS_SIGNED_IN =
      List.of(
          "option http-buffer-request",
          "http-request deny if METH_POST { req.body -m sub sign-out }",
          "http-request deny if METH_POST { path /account.xhtml /person.xhtml }",
          "http-request deny if { path_beg /api/ } !METH_GET");

  private static final List<String> STRANGERS_START =
      List.of("/", "/sign-in.xhtml?from=/hosts.xhtml", "/set-up.xhtml", "/set-password.xhtml");

  /** Browsers have given that filter up, and it did harm; what stands for it is the CSP. */
  private static final String NOT_WANTED = "X-XSS-Protection is not set";

  private static ControlPlane controlPlane;

  @BeforeAll
  static void start() {
    controlPlane =
        new ControlPlane(
            Map.of(
                "RESTIC_MANAGER_URL",
                "https://backup.example",
                "RESTIC_MANAGER_TRUSTED_PROXIES",
                "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
  }

  @Test
  void strangerFindsNothing() throws IOException {
    try (Balancer balancer = Balancer.byTls(List.of(controlPlane), List.of());
        Scratch scratch = new Scratch("scanner")) {
      scan(scratch.folder(), address(balancer), STRANGERS_START, List.of());
    }
  }

  @Test
  void administratorFindsNothing() throws IOException {
    try (RawAgent agent = RawAgent.enrol(controlPlane, "scanned", "files").connect("ack");
        Balancer balancer = Balancer.byTls(List.of(controlPlane), KEEPS_SIGNED_IN);
        Browser browser = new Browser(controlPlane, address(balancer));
        Scratch scratch = new Scratch("scanner")) {
      String job = agent.beginBackup("files");
      browser.signIn();

      scan(scratch.folder(), address(balancer), pages(job), browser.page().context().cookies());

      browser.open("/hosts.xhtml");
      assertThat(browser.page().locator("#hosts").count()).as("still signed in").isOne();
    }
  }

  /** The scanner sends cookies to addresses only, not to a name without a dot. */
  private static URI address(Balancer balancer) {
    return URI.create("https://127.0.0.1:" + balancer.url().getPort());
  }

  private static List<String> pages(String job) throws IOException {
    String host = controlPlane.admin().job(job).getString("hostId");
    try (Stream<Path> files = Files.list(Project.root().resolve("web/src/main/webapp"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".xhtml"))
          .map(name -> "/" + name + (name.startsWith("job.") ? "?id=" + job : query(name, host)))
          .toList();
    }
  }

  private static String query(String page, String host) {
    return page.startsWith("host.") ? "?id=" + host : "?host=" + host + "&group=files&q=x&page=1";
  }

  private static void scan(Path folder, URI address, List<String> starts, List<Cookie> cookies)
      throws IOException {
    Path report = folder.resolve("report.json");
    Path jar = folder.resolve("cookies.json");
    Files.writeString(jar, jar(cookies).toString());
    List<String> command =
        new ArrayList<>(List.of("wapiti", "-u", address + "/", "--scope", "domain", "-m", MODULES));
    command.addAll(List.of("-c", jar.toString(), "-f", "json", "-o", report.toString()));
    command.addAll(List.of("--no-bugreport", "--flush-session", "--verify-ssl", "0", "-v", "1"));
    command.addAll(List.of("--store-session", folder.resolve("session").toString()));
    command.addAll(List.of("--store-config", folder.resolve("config").toString()));
    command.addAll(List.of("--max-scan-time", Integer.toString(MOST_SECONDS_TO_EXPLORE)));
    command.addAll(List.of("--max-attack-time", Integer.toString(MOST_SECONDS_FOR_A_MODULE)));
    starts.forEach(start -> command.addAll(List.of("-s", address + start)));

    Program scanner = Program.start(folder.resolve("scanner.log"), Map.of(), command);
    assertThat(scanner.exitCode(LIMIT)).as(scanner.output()).isZero();

    JsonObject found = read(report);
    long looked = scanner.output().lines().filter(line -> line.startsWith("[+] http")).count();
    System.out.println("The scanner has looked at " + looked + " addresses");
    assertThat(looked).isGreaterThan(starts.size());
    assertThat(all(found.getJsonObject("vulnerabilities"))).isEmpty();
    assertThat(all(found.getJsonObject("anomalies"))).isEmpty();
  }

  private static JsonObject jar(List<Cookie> cookies) {
    JsonObjectBuilder all = Json.createObjectBuilder();
    for (Cookie cookie : cookies) {
      all.add(
          cookie.name,
          Json.createObjectBuilder()
              .add("value", cookie.value)
              .addNull("expires")
              .add("secure", cookie.secure)
              .addNull("port")
              .add("version", 0));
    }
    return Json.createObjectBuilder()
        .add("127.0.0.1", Json.createObjectBuilder().add("/", all))
        .build();
  }

  private static JsonObject read(Path report) throws IOException {
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(report))) {
      return reader.readObject();
    }
  }

  /** What was found, by its kind; kinds of which nothing was found are left out. */
  private static Map<String, String> all(JsonObject kinds) {
    Map<String, String> found = new TreeMap<>();
    kinds.forEach(
        (kind, list) -> {
          List<JsonObject> wrong =
              list.asJsonArray().getValuesAs(JsonObject.class).stream()
                  .filter(each -> !each.getString("info").equals(NOT_WANTED))
                  .toList();
          if (!wrong.isEmpty()) {
            found.put(kind, wrong.toString());
          }
        });
    return found;
  }
}
