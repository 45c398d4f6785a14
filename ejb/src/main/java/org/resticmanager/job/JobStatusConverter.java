package org.resticmanager.job;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.resticmanager.protocol.wire.JobStatus;

/** In the database by the name on the wire. */
@Converter(autoApply = true)
public class JobStatusConverter implements AttributeConverter<JobStatus, String> {

  @Override
  public String convertToDatabaseColumn(JobStatus status) {
    return status == null ? null : status.wireName();
  }

  @Override
  public JobStatus convertToEntityAttribute(String name) {
    return name == null ? null : JobStatus.named(name);
  }
}
