package org.resticmanager.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.conformance.socket.Door;
import org.w3c.dom.Element;
import picocli.CommandLine;

class ConformanceTest {

  private static final String TOKEN = "the-token-of-the-host";

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  private static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Conformance.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return new Ended(commandLine.execute(arguments), out.toString(), err.toString());
  }

  /** Against somebody who lets everybody in and never says a word. */
  private Ended against(Door door, String... more) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    String[] arguments = {
      "server",
      "--url",
      door.address().toString(),
      "--agent-token-file",
      token.toString(),
      "--answer-within",
      "0.3",
      "--quiet-for",
      "0.1"
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return run(all);
  }

  private static Door door() throws Exception {
    return new Door(InetAddress.getLoopbackAddress(), 0, body -> "{}");
  }

  @Test
  void whatIsBrokenIsToldInWordsAndInTheExitCode() throws Exception {
    try (Door door = door()) {
      Ended ended = against(door, "--only", "upgrade,upgrade-no-token,cancel");
      assertThat(ended.code()).isEqualTo(ExitCode.BROKEN);
      assertThat(ended.out())
          .containsPattern("held +1 +upgrade ")
          .containsPattern("BROKEN +1 +upgrade-no-token ")
          .containsPattern("not checked +2 +cancel ")
          .containsPattern("expected: +HTTP 401")
          .containsPattern("came: +the upgrade succeeded")
          .containsPattern("because: +needs --do run=COMMAND")
          .contains("1 held, 1 broken, 1 not checked");
      assertThat(ended.out() + ended.err()).doesNotContain(TOKEN);
    }
  }

  @Test
  void withNothingBrokenItEndsWithZero() throws Exception {
    try (Door door = door()) {
      assertThat(against(door, "--only", "upgrade").code()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void reportsForProgramsSayTheSame() throws Exception {
    Path json = folder.resolve("result.json");
    Path junit = folder.resolve("result.xml");
    try (Door door = door()) {
      against(
          door,
          "--only",
          "upgrade,upgrade-no-token,cancel",
          "--json",
          json.toString(),
          "--junit",
          junit.toString());
    }
    assertThat(json)
        .content()
        .contains("\"result\":\"held\"", "\"result\":\"broken\"", "\"result\":\"not_checked\"")
        .contains("\"expected\":\"HTTP 401\"");
    Element suite =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(junit.toFile())
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
        .isEqualTo("the upgrade succeeded");
  }

  @Test
  void listingRunsNothing() {
    Ended server = run("server", "--list");
    Ended agent = run("agent", "--list");
    assertThat(server.code()).isEqualTo(ExitCode.OK);
    assertThat(server.out()).contains("ack-contiguous").doesNotContainPattern("(?m)^held");
    assertThat(agent.code()).isEqualTo(ExitCode.OK);
    assertThat(agent.out()).containsPattern("slow +2 +schedule-fire ");
  }

  @Test
  void aWrongCallIsSaidToBeOne() {
    assertThat(run().code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("server").err()).contains("--url");
    assertThat(run("server", "--url", "ftp://x").err()).contains("http or https");
    assertThat(run("agent", "--only", "no-such-check").err()).contains("no-such-check");
    assertThat(run("server", "--url", "http://localhost", "--agent-token-file", "/no/such").err())
        .contains("cannot read or write a file");
  }
}
