package org.resticmanager.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.resticmanager.protocol.wire.LogStreamName;

/**
 * What one would write with Jackson databind for a single message, bound to the same records. It is
 * spared what the real codec does besides: it knows the type of the payload before it reads it, and
 * takes what is only nearly right ({@code "12"} for 12, a key that comes twice).
 */
final class JacksonCodec {

  private final ObjectReader reader;
  private final ObjectWriter writer;

  /**
   * @param frame the type of the frames
   */
  JacksonCodec(Class<?> frame) {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .addMixIn(LogStreamName.class, InLowerCase.class)
            .build();
    reader = mapper.readerFor(frame);
    writer = mapper.writerFor(frame);
  }

  <T> T decode(String frame) throws JsonProcessingException {
    return reader.readValue(frame);
  }

  String encode(Object frame) throws JsonProcessingException {
    return writer.writeValueAsString(frame);
  }

  private enum InLowerCase {
    @JsonProperty("stdout")
    STDOUT,
    @JsonProperty("stderr")
    STDERR,
    @JsonProperty("event")
    EVENT
  }
}
