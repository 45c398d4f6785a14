package org.resticmanager.conformance.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.check.CheckRun;
import org.resticmanager.conformance.check.Result;
import org.resticmanager.conformance.check.Selection;
import org.resticmanager.conformance.wire.Patience;

/** A kit that finds nothing wrong with anybody is worthless: here it meets peers that are wrong. */
class ServerSuiteTest {

  private static final Patience PATIENT =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(60));

  /** For what will not come. */
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(600), Duration.ofMillis(150));

  private static final String TOKEN = "the-token-of-the-host";

  /** It lets everybody in, and waits for hello as long as it takes: see the tests below. */
  private static final Set<String> NOT_FOR_THE_SMALL_SERVER =
      Set.of("upgrade-no-token", "upgrade-wrong-token", "hello-too-late");

  private static List<Result> run(
      SmallServer server, Map<String, Hook> hooks, Patience patience, List<String> only)
      throws InterruptedException {
    List<Check> checks = new ServerSuite(server.address(), TOKEN, hooks, patience, 0).checks();
    return new CheckRun(new Selection(only, false), result -> {}).of(checks);
  }

  private static List<String> allBut(Set<String> left, SmallServer server) {
    return new ServerSuite(server.address(), TOKEN, Map.of(), SHORT, 0)
        .checks().stream().map(Check::id).filter(id -> !left.contains(id)).toList();
  }

  /** In eight parts, which run side by side: most of the time goes into listening. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void aControlPlaneThatDoesWhatIsAskedIsFoundToHold(int part) throws Exception {
    try (SmallServer server = new SmallServer()) {
      List<String> all = allBut(NOT_FOR_THE_SMALL_SERVER, server);
      List<String> only = new ArrayList<>(List.of("connect-order", "frames", "secrets"));
      only.addAll(all.subList(all.size() * part / 8, all.size() * (part + 1) / 8));
      List<Result> results = run(server, server.hooks(), PATIENT, only);
      assertThat(results.stream().filter(result -> result.verdict() != Result.Verdict.HELD))
          .extracting(result -> result.check().id(), Result::expected, Result::detail)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFaultIsFoundByItsCheck(ServerFault fault) throws Exception {
    try (SmallServer server = new SmallServer(fault)) {
      // the two that look at all frames need some
      Result result =
          last(
              run(server, server.hooks(), SHORT, List.of("command-run", fault.check())),
              fault.check());
      assertThat(result.verdict()).as(fault.name()).isEqualTo(Result.Verdict.BROKEN);
      assertThat(result.expected() + " / " + result.detail()).contains(fault.word());
    }
  }

  private static Result last(List<Result> results, String id) {
    return results.stream().filter(r -> r.check().id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void oneThatLetsEverybodyInIsFound() throws Exception {
    try (SmallServer server = new SmallServer()) {
      assertThat(run(server, Map.of(), SHORT, List.of("upgrade-no-token", "upgrade-wrong-token")))
          .extracting(Result::verdict, Result::detail)
          .allSatisfy(
              found ->
                  assertThat(found.toList())
                      .containsExactly(Result.Verdict.BROKEN, "the upgrade succeeded"));
    }
  }

  @Test
  void oneThatLetsNobodyInIsFound() throws Exception {
    try (SmallServer server = new SmallServer()) {
      server.refuseAll();
      Map<String, Result.Verdict> verdicts = new TreeMap<>();
      run(server, Map.of(), SHORT, List.of("upgrade*"))
          .forEach(result -> verdicts.put(result.check().id(), result.verdict()));
      assertThat(verdicts)
          .containsEntry("upgrade", Result.Verdict.BROKEN)
          .containsEntry("upgrade-no-token", Result.Verdict.HELD)
          .containsEntry("upgrade-wrong-token", Result.Verdict.HELD);
    }
  }

  @Test
  void withoutHooksWhatNeedsAnOperatorIsNotChecked() throws Exception {
    try (SmallServer server = new SmallServer()) {
      assertThat(run(server, Map.of(), SHORT, List.of("cancel", "ack-lines", "snapshots-replace")))
          .extracting(Result::verdict)
          .containsOnly(Result.Verdict.NOT_CHECKED);
    }
  }

  @Test
  void aHookThatFailsIsSaidToHaveFailed() throws Exception {
    try (SmallServer server = new SmallServer()) {
      Hook failing =
          environment -> {
            throw new IOException("no such host");
          };
      Result result = run(server, Map.of("run", failing), SHORT, List.of("command-run")).get(0);
      assertThat(result.verdict()).isEqualTo(Result.Verdict.BROKEN);
      assertThat(result.detail()).isEqualTo("no such host");
    }
  }

  @Test
  void everyCheckHasANameOfItsOwn() throws Exception {
    try (SmallServer server = new SmallServer()) {
      List<String> ids = new ArrayList<>(allBut(Set.of(), server));
      assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    }
  }
}
