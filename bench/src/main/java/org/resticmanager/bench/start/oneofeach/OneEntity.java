package org.resticmanager.bench.start.oneofeach;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** One row of one table. */
@Entity
public class OneEntity {

  @Id private long id;

  public long getId() {
    return id;
  }
}
