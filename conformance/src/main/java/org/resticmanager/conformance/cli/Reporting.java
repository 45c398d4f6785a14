package org.resticmanager.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.check.CheckRun;
import org.resticmanager.conformance.check.JsonReport;
import org.resticmanager.conformance.check.JunitReport;
import org.resticmanager.conformance.check.Result;
import org.resticmanager.conformance.check.Selection;
import org.resticmanager.conformance.check.Table;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which checks to run and how to tell their results: the options of both commands. */
final class Reporting {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "CHECK",
      description = "Only these: a check's name, the beginning of one and *, or a section.")
  private List<String> only = List.of();

  @Option(names = "--slow", description = "Also what takes half a minute or longer.")
  private boolean slow;

  @Option(names = "--list", description = "List the checks and run none.")
  private boolean list;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON too.")
  private Path json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the results as JUnit's XML too, for CI servers.")
  private Path junit;

  boolean listOnly() {
    return list;
  }

  int list(List<Check> checks) {
    Table table = table();
    new Selection(only, slow).of(checks).forEach(table::listed);
    out().flush();
    return ExitCode.OK;
  }

  /** Runs what was selected; returns the exit code. */
  int run(String peer, List<Check> checks) throws IOException, InterruptedException {
    Selection selection = new Selection(only, slow);
    if (selection.of(checks).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no check is called " + String.join(" or ", only));
    }
    Table table = table();
    table.head();
    List<Result> results = new CheckRun(selection, table::row).of(checks);
    table.sum(results);
    if (json != null) {
      JsonReport.write(json, peer, results);
    }
    if (junit != null) {
      JunitReport.write(junit, peer, results);
    }
    return results.stream().anyMatch(result -> result.verdict() == Result.Verdict.BROKEN)
        ? ExitCode.BROKEN
        : ExitCode.OK;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Table table() {
    return new Table(out());
  }
}
