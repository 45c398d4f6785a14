package org.resticmanager.bench.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * The reference for lists: PostgreSQL's own {@code psql}, which asks in plain SQL for the rows that
 * are to be seen. Counted is the time that it says itself for each statement, so neither its start
 * nor its signing in.
 */
final class Psql implements AutoCloseable {

  private static final String DONE = "-- done --";
  private static final Pattern TIME = Pattern.compile("^Time: ([0-9.]+) ms.*");

  private final Process process;
  private final PrintWriter to;
  private final BufferedReader from;

  Psql(NodeDatabase database) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "psql",
            "-X",
            "-q",
            "-A",
            "-t",
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(database.port()));
    builder.environment().put("PGUSER", NodeDatabase.USER);
    builder.environment().put("PGDATABASE", NodeDatabase.NAME);
    builder.environment().put("PGPASSWORD", database.password());
    process = builder.redirectErrorStream(true).start();
    to = new PrintWriter(process.getOutputStream(), false, StandardCharsets.UTF_8);
    from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    to.println("\\set ON_ERROR_STOP on");
    to.println("\\timing on");
  }

  /** Milliseconds of all these statements together, so many times. */
  Sample millis(List<String> statements, int times) throws IOException {
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      double sum = 0;
      for (String statement : statements) {
        sum += millis(statement);
      }
      sums.add(sum);
    }
    return new Sample(sums);
  }

  private double millis(String statement) throws IOException {
    to.println(statement + ";");
    to.println("\\echo " + DONE);
    to.flush();
    double time = Double.NaN;
    String line = from.readLine();
    while (line != null && !line.equals(DONE)) {
      Matcher said = TIME.matcher(line);
      if (said.matches()) {
        time = Double.parseDouble(said.group(1));
      }
      line = from.readLine();
    }
    if (Double.isNaN(time)) {
      throw new IOException("psql does not say how long it took: " + statement + ": " + line);
    }
    return time;
  }

  @Override
  public void close() {
    to.println("\\q");
    to.close();
    process.destroy();
  }
}
