package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds on every page, light and dark, wide and narrow: it breaks no rule of accessibility, is
 * read without scrolling sideways, is small, and the browser has nothing to complain of.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class EveryPageTest {

  private static final long MOST_BYTES = 300 * 1024;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** What pages say in English, and nowhere in German. */
  private static final Set<String> ENGLISH = english();

  /**
   * A page, or a dialog on it.
   *
   * @param name of its pictures
   * @param path with what it is about
   * @param press opens the dialog; empty for the page alone
   */
  private record Place(String name, String path, String press) {

    static Place page(String name, String path) {
      return new Place(name, path, "");
    }

    Place inGerman() {
      return new Place(name + "-german", path, press);
    }

    String file() {
      return path.substring(1).replaceFirst("[?#].*", "");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private AgentHost machine;
  private AgentHost stranger;
  private Browser strangers;
  private Browser browser;
  private Browser germanStrangers;
  private Browser german;
  private String host;
  private String repository;
  private String person;
  private String succeeded;
  private String failed;

  @BeforeAll
  void somethingIsOnEveryPage(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    machine = new AgentHost("on-every-page", Project.newestRestic());
    stranger = new AgentHost("announced-on-a-page", Project.newestRestic());
    stranger.announce(controlPlane.url());
    host = machine.join(controlPlane);
    repository =
        admin.addRepository(
            machine.name(), machine.folder().resolve("repository").toString(), Secrets.random());
    admin.connect(host, repository);
    admin.putSourceGroup(host, "files", List.of(machine.newFolder("files").toString()));
    admin.putSourceGroup(host, "gone", List.of(machine.folder().resolve("gone").toString()));
    admin.putSchedule(host, "nightly", "30 3 * * *", "files");
    person = Somebody.as(controlPlane, "viewer").id();
    succeeded = admin.runNow(host, "files");
    failed = admin.runNow(host, "gone");
    assertThat(admin.awaitEnd(succeeded, LIMIT).getString("status")).isEqualTo("succeeded");
    assertThat(admin.awaitEnd(failed, LIMIT).getString("status")).isEqualTo("failed");
    awaitAnnouncement(admin);
    strangers = new Browser(controlPlane);
    browser = new Browser(controlPlane);
    browser.signIn();
    germanStrangers = Browser.inGerman(controlPlane);
    german = Browser.inGerman(controlPlane);
    german.signIn();
  }

  private void awaitAnnouncement(Admin admin) {
    await("the announcement")
        .atMost(LIMIT)
        .until(
            () ->
                admin
                    .api()
                    .get("/api/v1/announcements")
                    .expect(200)
                    .json()
                    .getJsonArray("items")
                    .getValuesAs(JsonObject.class)
                    .stream()
                    .anyMatch(item -> item.getString("hostname").equals(stranger.name())));
  }

  @AfterAll
  void leave() {
    german.close();
    germanStrangers.close();
    browser.close();
    strangers.close();
    stranger.close();
    machine.close();
  }

  private static Set<String> english() {
    Set<String> english = texts("texts.properties");
    english.removeAll(texts("texts_de.properties"));
    return english;
  }

  private static Set<String> texts(String file) {
    Properties texts = new Properties();
    try (Reader reader =
        Files.newBufferedReader(
            Project.root()
                .resolve("web/src/main/resources/org/resticmanager/web/ui")
                .resolve(file))) {
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HashSet<>(texts.stringPropertyNames().stream().map(texts::getProperty).toList());
  }

  private static Stream<Place> doors() {
    return Stream.of(
        Place.page("sign-in", "/sign-in.xhtml"),
        Place.page("set-up", "/set-up.xhtml#token=x"),
        Place.page("set-password", "/set-password.xhtml#token=x"),
        Place.page("error", "/error.xhtml"));
  }

  private Stream<Place> pages() {
    return Stream.of(
        Place.page("dashboard", "/dashboard.xhtml"),
        Place.page("hosts", "/hosts.xhtml"),
        new Place("hosts-save-view", "/hosts.xhtml?sort=urgency", "#save-view"),
        Place.page("host", "/host.xhtml?id=" + host),
        Place.page("host-tags", "/host-tags.xhtml?host=" + host),
        Place.page("agent-access", "/agent-access.xhtml?host=" + host),
        Place.page("add-host", "/add-host.xhtml"),
        Place.page("announced-hosts", "/announced-hosts.xhtml"),
        Place.page("source-group-new", "/source-group.xhtml?host=" + host),
        Place.page("source-group", "/source-group.xhtml?group=files&host=" + host),
        Place.page("schedule-new", "/schedule.xhtml?host=" + host),
        Place.page("schedule", "/schedule.xhtml?schedule=nightly&host=" + host),
        Place.page("blackouts", "/blackouts.xhtml?host=" + host),
        Place.page("bandwidth", "/bandwidth.xhtml?host=" + host),
        Place.page("retention-preview", "/retention-preview.xhtml?group=files&host=" + host),
        Place.page("jobs", "/jobs.xhtml"),
        Place.page("job-succeeded", "/job.xhtml?id=" + succeeded),
        Place.page("job-failed", "/job.xhtml?id=" + failed),
        Place.page("repositories", "/repositories.xhtml"),
        Place.page("repository", "/repository.xhtml?id=" + repository),
        Place.page("repository-new", "/repository-edit.xhtml"),
        Place.page("repository-edit", "/repository-edit.xhtml?id=" + repository),
        Place.page(
            "repository-credentials", "/repository-credentials.xhtml?slot=admin&id=" + repository),
        Place.page("maintenance-edit", "/maintenance-edit.xhtml?id=" + repository),
        Place.page("people", "/people.xhtml"),
        new Place("people-add", "/people.xhtml", "#add-person"),
        Place.page("person", "/person.xhtml?id=" + person),
        Place.page("audit", "/audit.xhtml"),
        Place.page("account", "/account.xhtml"),
        new Place("account-token", "/account.xhtml", "#add-token"),
        Place.page("second-factor", "/second-factor.xhtml"));
  }

  @Test
  void noPageIsLeftOut() throws IOException {
    Set<String> walked =
        Stream.concat(doors(), pages()).map(Place::file).collect(Collectors.toSet());
    try (Stream<java.nio.file.Path> files =
        Files.list(Project.root().resolve("web/src/main/webapp"))) {
      assertThat(walked)
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(".xhtml"))
                  .toList());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("doors")
  void everybodyCanUseEveryDoor(Place door) {
    walk(strangers, door);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void everybodyCanUseEveryPage(Place page) {
    walk(browser, page);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("doors")
  void everyDoorSpeaksGerman(Place door) {
    walkInGerman(germanStrangers, door);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void everyPageSpeaksGerman(Place page) {
    walkInGerman(german, page);
  }

  private static void walkInGerman(Browser browser, Place place) {
    walk(browser, place.inGerman());
    assertThat(browser.page().getAttribute("html", "lang")).isEqualTo("de");
    assertThat(browser.words())
        .as("what is English on %s", place)
        .doesNotContainAnyElementsOf(ENGLISH);
  }

  private static void walk(Browser browser, Place place) {
    assertThat(browser.bytesToOpen(place.path())).as("bytes to load").isLessThan(MOST_BYTES);
    if (!place.press().isEmpty()) {
      browser.page().click(place.press());
    }
    browser.assertGoodInEveryLook();
    if (Browser.picturesWanted()) {
      browser.takePictures(place.name());
    }
    assertThat(browser.troubles()).as("what the browser complained of").isEmpty();
  }
}
