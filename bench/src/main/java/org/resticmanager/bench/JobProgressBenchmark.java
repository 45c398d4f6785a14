package org.resticmanager.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.WireCodec;

/** {@code job.progress}: one a second from each running job. */
@State(Scope.Benchmark)
public class JobProgressBenchmark {

  private final WireCodec codec = new WireCodec();
  private final JacksonCodec jackson = new JacksonCodec(Frame.class);
  private final JobProgress message =
      new JobProgress(
          "019dd0f3-7a34-7c52-9c1e-5a2b8e6f0d11",
          0.4267,
          21_335,
          50_000,
          4_582_310_912L,
          10_738_999_296L,
          71,
          86_719_463);
  private final Frame framed = new Frame("job.progress", null, message);
  private String frame;

  /** The whole frame as Jackson sees it. */
  record Frame(String type, String id, JobProgress payload) {}

  @Setup
  public void prepare() throws JsonProcessingException {
    frame = codec.encode(message);
    SameWork.check(frame, jackson.encode(framed), decode(), decodeByJackson().payload(), message);
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
