package org.resticmanager.conformance.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.check.CheckRun;
import org.resticmanager.conformance.check.Result;
import org.resticmanager.conformance.check.Selection;
import org.resticmanager.conformance.wire.Patience;

/** A kit that finds nothing wrong with anybody is worthless: here it meets peers that are wrong. */
class AgentSuiteTest {

  private static final Patience PATIENT =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(100));

  /** For what will not come. */
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(1000), Duration.ofMillis(200));

  @TempDir private Path folder;

  private AgentSuite suite(Starter starter, Patience patience) throws IOException {
    return new AgentSuite(
        InetAddress.getLoopbackAddress(),
        0,
        UUID.randomUUID().toString(),
        Optional.of(starter),
        folder,
        Duration.ofSeconds(5),
        patience);
  }

  private static List<Result> run(AgentSuite suite, List<String> only) throws InterruptedException {
    return new CheckRun(new Selection(only, false), result -> {}).of(suite.checks());
  }

  @Test
  void anAgentThatDoesWhatIsAskedIsFoundToHold() throws Exception {
    try (AgentSuite suite = suite(SmallAgent.with(), PATIENT)) {
      List<String> quick =
          suite.checks().stream().filter(check -> !check.slow()).map(Check::id).toList();
      assertThat(run(suite, quick).stream().filter(r -> r.verdict() != Result.Verdict.HELD))
          .extracting(result -> result.check().id(), Result::expected, Result::detail)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFaultIsFoundByItsCheck(AgentFault fault) throws Exception {
    try (AgentSuite suite = suite(SmallAgent.with(fault), SHORT)) {
      // those that look at all frames need some
      List<Result> results = run(suite, List.of("backup-base", "backup", fault.check()));
      Result result =
          results.stream()
              .filter(found -> found.check().id().equals(fault.check()))
              .findFirst()
              .orElseThrow();
      assertThat(result.verdict()).as(fault.name()).isEqualTo(Result.Verdict.BROKEN);
      assertThat(result.expected() + " / " + result.detail()).contains(fault.word());
    }
  }

  @Test
  void everyCheckHasANameOfItsOwn() throws Exception {
    try (AgentSuite suite = suite(SmallAgent.with(), SHORT)) {
      assertThat(suite.checks()).extracting(Check::id).doesNotHaveDuplicates();
    }
  }
}
