package org.resticmanager.job;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.resticmanager.protocol.wire.JobKind;

/** In the database by the name on the wire. */
@Converter(autoApply = true)
public class JobKindConverter implements AttributeConverter<JobKind, String> {

  @Override
  public String convertToDatabaseColumn(JobKind kind) {
    return kind == null ? null : kind.wireName();
  }

  @Override
  public JobKind convertToEntityAttribute(String name) {
    return name == null ? null : JobKind.named(name);
  }
}
