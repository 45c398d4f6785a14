package org.resticmanager.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AgentTest {

  private final StringWriter said = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"enrol", "announce", "run", "prepare", "status", "version"})
  void eachCommandTellsOfItself(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(said.toString()).contains("Usage: restic-manager-agent " + command);

    assertThat(execute("help", command)).isZero();
  }

  @Test
  void helpListsAllCommandsButTheHidden() {
    assertThat(execute("--help")).isZero();

    assertThat(said.toString())
        .contains("enrol", "announce", "run", "status", "version", "help")
        .doesNotContain("prepare");
  }

  @Test
  void anUnknownCommandIsNone() {
    assertThat(execute("runn")).isEqualTo(ExitCode.USAGE);

    assertThat(said.toString()).contains("'restic-manager-agent --help'");
  }

  private int execute(String... arguments) {
    CommandLine command = Agent.commandLine(arguments);
    command.setOut(new PrintWriter(said, true));
    command.setErr(new PrintWriter(said, true));
    return command.execute(arguments);
  }
}
