package org.resticmanager.bench.store;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.resticmanager.bench.AtOnce;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Progress;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Rounds;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.node.Api;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.NodeDatabase;

/** What the pages about the whole fleet cost. */
public final class Pages {

  /** They look at all pages, at the same time, before any page counts. */
  private static final int PEOPLE = 4;

  /** Each of them, before it is seen whether pages still become faster. */
  private static final int LOOKS = 50;

  /** After so many times of these looks without getting faster the server is as warm as it gets. */
  private static final int PATIENCE = 2;

  private static final int MOST_LOOKS = 600;
  private static final int BARE_LOOKS = 1500;
  private static final int NOTHING_CALLS = 400;
  private static final int ROUNDS = 3;
  private static final int CALLS = 50;
  private static final int PAINTS = 6;
  private static final double MOST_RATIO = 5;
  private static final double MOST_MILLIS = 100;
  private static final double MOST_PAINT_MILLIS = 1000;
  private static final String P95 = "p95";

  /** What any call and any page of this server takes at least. */
  private static final List<String> NOTHING_OF_THE_FLEET =
      List.of("/health/live", "/account.xhtml");

  private Pages() {}

  /**
   * What is asked for.
   *
   * @param name in the table
   * @param path of our page or resource
   * @param plainSql the rows that are to be seen there
   */
  private record Question(String name, String path, List<String> plainSql) {}

  private static List<Question> pages() {
    return List.of(
        new Question("overview", "/dashboard.xhtml", PlainSql.overview()),
        new Question("hosts by name", "/hosts.xhtml", PlainSql.hostsByName()),
        new Question(
            "failing hosts, the most urgent first",
            "/hosts.xhtml?health=failing&sort=urgency",
            PlainSql.failingHosts()),
        new Question(
            "hosts by a part of their name", "/hosts.xhtml?q=77", PlainSql.hostsByPartOfName()),
        new Question(
            "hosts with a tag, last page",
            "/hosts.xhtml?tag=site-7&page=9",
            PlainSql.hostsWithTag(400)),
        new Question("jobs", "/jobs.xhtml", PlainSql.jobs()));
  }

  private static List<Question> resources() {
    return List.of(
        new Question("hosts over REST", "/api/v1/hosts?limit=50", PlainSql.hostsByName()),
        new Question("jobs over REST", "/api/v1/jobs?limit=50", PlainSql.jobs()));
  }

  /**
   * By an administrator, who sees all.
   *
   * @param payaraMicro the server alone, for the least that a page takes on it
   */
  public static void measure(Api admin, NodeDatabase database, Path payaraMicro, Result result)
      throws Exception {
    List<Question> all = Stream.concat(pages().stream(), resources().stream()).toList();
    try (Psql psql = new Psql(database)) {
      warmUp(admin, all);
      for (String path : NOTHING_OF_THE_FLEET) {
        Sample least = sample(admin, path, NOTHING_CALLS);
        result.add(Measure.of("`" + path + "`, p50", "ms", Sample.of(least.median())));
      }
      result.add(barePage(payaraMicro, psql));
      for (Question question : all) {
        Progress.say(question.name());
        Rounds rounds =
            Rounds.of(
                1,
                ROUNDS,
                () -> p95(sample(admin, question.path(), CALLS)),
                () -> p95(psql.millis(question.plainSql(), CALLS)));
        result.add(
            rounds
                .measure(P95, question.name() + ", p95", "ms", "plain SQL by psql")
                .ratioAtMost(MOST_RATIO)
                .atMost(MOST_MILLIS));
      }
    }
    try (Chromium chromium = new Chromium(admin)) {
      for (Question page : pages()) {
        Sample paints = chromium.paints(page.path(), PAINTS);
        result.add(
            Measure.of(page.name() + ", painted after", "ms", paints).atMost(MOST_PAINT_MILLIS));
      }
    }
  }

  /** Beside the statement for the jobs, which is the shortest. */
  private static Measure barePage(Path payaraMicro, Psql psql) throws Exception {
    Progress.say("a page that asks for nothing");
    try (BareServer server = new BareServer(payaraMicro, BarePage.application())) {
      Api nobody = new Api(server.url(), "");
      sample(nobody, BarePage.PATH, BARE_LOOKS);
      return Rounds.of(
              1,
              ROUNDS,
              () -> p95(sample(nobody, BarePage.PATH, CALLS)),
              () -> p95(psql.millis(PlainSql.jobs(), CALLS)))
          .measure(
              P95,
              "a page of Faces with fifty rows that asks for nothing, on this server alone, p95",
              "ms",
              "plain SQL by psql for jobs");
    }
  }

  /** Until the server is as warm as one that people have used for long. */
  private static void warmUp(Api admin, List<Question> all) throws Exception {
    Callable<Void> person =
        () -> {
          for (int i = 0; i < LOOKS; i++) {
            all.forEach(question -> admin.page(question.path()));
          }
          return null;
        };
    long fastest = Long.MAX_VALUE;
    int inVain = 0;
    for (int looks = 0; looks < MOST_LOOKS && inVain < PATIENCE; looks += LOOKS) {
      long begun = System.nanoTime();
      AtOnce.all(PEOPLE, Collections.nCopies(PEOPLE, person));
      long took = System.nanoTime() - begun;
      Progress.say(PEOPLE + " people looked " + LOOKS + " times: " + took / 1_000_000 + " ms");
      inVain = took < fastest ? 0 : inVain + 1;
      fastest = Math.min(fastest, took);
    }
  }

  private static Map<String, Double> p95(Sample millis) {
    return Map.of(P95, millis.percentile(95));
  }

  private static Sample sample(Api admin, String path, int calls) {
    return Sample.millis(calls, () -> admin.page(path));
  }
}
