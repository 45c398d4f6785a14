package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Diff;
import org.resticmanager.protocol.wire.ForgetGroup;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.RetentionPolicy;

class AcceptanceTest {

  @ParameterizedTest
  @EnumSource(names = {"INIT", "BACKUP", "PRUNE", "CHECK", "UNLOCK"})
  void whatTheBaseProtocolHasIsTaken(JobKind kind) {
    assertThat(JobRunner.refusal(CommandRun.of("j", kind).build())).isEmpty();
    assertThat(JobRunner.refusal(CommandRun.of("j", kind).limits(512L, 0L).build())).isEmpty();
  }

  @Test
  void aKindThatIsNotKnownHereIsRefused() {
    CommandRun diff = CommandRun.of("j", JobKind.DIFF).diff(new Diff("a", "b")).build();

    assertThat(JobRunner.refusal(diff)).contains("this agent cannot run jobs of the kind diff yet");
  }

  @Test
  void anArgumentThatCouldRunAnythingIsRefused() {
    List<String> arguments = List.of("--remove-all", "--password-command=reboot");

    assertThat(JobRunner.refusal(CommandRun.of("j", JobKind.UNLOCK).args(arguments).build()))
        .contains("a job of the kind unlock takes no argument --password-command=reboot");
    assertThat(
            JobRunner.refusal(
                CommandRun.of("j", JobKind.UNLOCK).args(List.of("--remove-all")).build()))
        .isEmpty();
    assertThat(
            JobRunner.refusal(
                CommandRun.of("j", JobKind.PRUNE).args(List.of("--remove-all")).build()))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5%", "2.5%", "1/12", "500M", "1024"})
  void aPartOfTheDataIsTaken(String subset) {
    assertThat(check(subset)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "5%%", "-1", "1/", "5% --x", "1\n"})
  void whatIsNoPartOfTheDataIsRefused(String subset) {
    assertThat(check(subset)).isFalse();
  }

  private static boolean check(String subset) {
    return JobRunner.refusal(CommandRun.of("j", JobKind.CHECK).readDataSubset(subset).build())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "1w", "5", "1d "})
  void aTimeThatResticDoesNotKnowIsRefused(String within) {
    RetentionPolicy policy = new RetentionPolicy(0, 0, 0, 0, 0, 0, within, List.of());

    assertThat(
            JobRunner.refusal(CommandRun.of("j", JobKind.FORGET).retentionPolicy(policy).build()))
        .contains("keep_within must be like 1y5m7d2h");
  }

  @Test
  void aTagWithoutANameKeepsNothing() {
    RetentionPolicy policy = new RetentionPolicy(0, 0, 0, 0, 0, 0, "", List.of(""));

    assertThat(
            JobRunner.refusal(
                CommandRun.of("j", JobKind.FORGET)
                    .forgetGroups(List.of(new ForgetGroup("a", policy)))
                    .build()))
        .contains("retention_policy is empty: it would delete everything");
  }
}
