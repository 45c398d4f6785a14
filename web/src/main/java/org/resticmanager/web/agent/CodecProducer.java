package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.resticmanager.protocol.wire.WireCodec;

/** One codec for all links: making it is slow, sharing it is safe. */
@ApplicationScoped
public class CodecProducer {

  @Produces
  @Singleton
  WireCodec codec() {
    return new WireCodec();
  }
}
