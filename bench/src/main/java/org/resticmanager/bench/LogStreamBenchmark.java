package org.resticmanager.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.WireCodec;

/** {@code log.stream}: by far the most frequent message, one per line that restic writes. */
@State(Scope.Benchmark)
public class LogStreamBenchmark {

  private static final String JOB = "019dd0f3-7a34-7c52-9c1e-5a2b8e6f0d11";

  /** How long the line is: a few words, a file that was saved, a page of quoted JSON. */
  @Param({"short", "120B", "4KiB"})
  public String line;

  private final WireCodec codec = new WireCodec();
  private final JacksonCodec jackson = new JacksonCodec(Frame.class);
  private LogStream message;
  private Frame framed;
  private String frame;

  /** The whole frame as Jackson sees it. */
  record Frame(String type, String id, LogStream payload) {}

  @Setup
  public void prepare() throws JsonProcessingException {
    message =
        new LogStream(
            JOB, 104_217, Instant.parse("2026-05-04T10:19:15.123456789Z"), stream(), text());
    framed = new Frame("log.stream", null, message);
    frame = codec.encode(message);
    SameWork.check(frame, jackson.encode(framed), decode(), decodeByJackson().payload(), message);
  }

  private LogStreamName stream() {
    return line.equals("4KiB") ? LogStreamName.EVENT : LogStreamName.STDOUT;
  }

  private String text() {
    return switch (line) {
      case "short" -> "Added to the repository";
      case "120B" ->
          "new       /home/anna/projects/2026/annual-report/figures/turnover-by-region-q3.svg,"
              + " saved in 0.003s (12.345 KiB added)";
      default -> {
        String item =
            "{\"item\":\"/srv/mail/anna\\\\inbox/\u00fc\",\"size\":48213,\"type\":\"file\"}, ";
        yield item.repeat(4096 / item.length() + 1).substring(0, 4096);
      }
    };
  }

  @Benchmark
  public String encode() {
    return codec.encode(message);
  }

  @Benchmark
  public String encodeByJackson() throws JsonProcessingException {
    return jackson.encode(framed);
  }

  @Benchmark
  public Decoded decode() {
    return codec.decodeFromAgent(frame);
  }

  @Benchmark
  public Frame decodeByJackson() throws JsonProcessingException {
    return jackson.decode(frame);
  }
}
