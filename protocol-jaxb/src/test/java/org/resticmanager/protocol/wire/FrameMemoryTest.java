package org.resticmanager.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameMemoryTest {

  private static final int FRAME_LIMIT = 1 << 20;

  private final WireCodec codec = new WireCodec();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // type | what begins the payload | what is repeated | what ends it
        "heartbeat     | {\"new\":[0                           | ,[]              | ]}",
        "heartbeat     | {\"new\":[0                           | ,{\"\":0}        | ]}",
        "heartbeat     | {\"new\":0                            | ,\"\":0          | }",
        "heartbeat     | {\"new\":\"                           | x                | \"}",
        "heartbeat     | {\"new\":                             | [                | }",
        "heartbeat     | {\"sent_at\":\"                       | 0                | \"}",
        "log.stream    | {\"job_id\":\"j\",\"seq\":1,\"stream\":\"stdout\",\"payload\":\" | \\n | \"}",
        "log.stream    | {\"job_id\":\"j\",\"seq\":1,\"stream\":\"stdout\",\"payload\":\" | \\u20ac | \"}",
        "log.stream    | {\"job_id\":\"j\",\"seq\":1           | 1                | }",
        "log.lines     | {\"job_id\":\"j\",\"first_seq\":1,\"lines\":[{\"stream\":\"stdout\"} | ,{\"stream\":\"stdout\"} | ]}",
        "hello         | {\"features\":[\"\"                   | ,\"\"            | ]}",
        "hello         | {\"features\":[\"\"                   | ,\"a\"           | ]}",
        "snapshots.report | {\"snapshots\":[{\"id\":\"a\"}     | ,{\"id\":\"a\"}  | ]}",
        "snapshots.report | {\"snapshots\":[{\"id\":\"a\",\"paths\":[]} | ,{\"id\":\"a\",\"paths\":[],\"tags\":[]} | ]}",
        "tree.list.result | {\"entries\":[{\"name\":\"a\"}     | ,{\"name\":\"a\"} | ]}",
        "job.finished  | {\"job_id\":\"j\",\"status\":\"failed\",\"stats\":{\"a\":[0 | ,{} | ]}}",
        "job.finished  | {\"job_id\":\"j\",\"status\":\"failed\",\"stats\":{\"a\":[0 | ,[] | ]}}",
        "job.finished  | {\"job_id\":\"j\",\"status\":\"failed\",\"stats\":{\"a\":[0 | ,0 | ]}}",
        "job.finished  | {\"job_id\":\"j\",\"status\":\"failed\",\"stats\":{\"a\":[0 | ,1e99 | ]}}",
        "job.finished  | {\"job_id\":\"j\",\"status\":\"failed\",\"stats\":{\"a\":[0 | ,0.1 | ]}}",
        "job.finished  | {\"job_id\":\"j\",\"status\":\"failed\",\"stats\":{\"a\":[0 | ,{\"\":0} | ]}}",
        "job.finished  | {\"job_id\":\"j\",\"status\":\"failed\",\"stats\":{\"a\":[0 | ,{\"\":[{\"\":{}}]} | ]}}",
      })
  void aFrameTakesMemoryInProportionToItsSize(String type, String begin, String again, String end) {
    String head = "{\"type\":\"" + type + "\",\"payload\":" + begin;
    String frame =
        head
            + again.repeat((FRAME_LIMIT - head.length() - end.length()) / again.length())
            + end
            + "}";

    assertThat(Memory.decode(frame, codec::decodeFromAgent)).isNotNull();
    // the same without its type: then all of it is passed over
    assertThat(Memory.decode(frame.replaceFirst("type", "typo"), codec::decodeFromAgent))
        .isInstanceOf(Decoded.Malformed.class);
  }
}
