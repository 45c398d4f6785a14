package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.WireCodec;

@Timeout(30)
class InboundTest {

  private static final WireCodec CODEC = new WireCodec();
  private static final String HELLO =
      CODEC.encode(
          new Hello(1, "1", "0.18.0", "web", "linux", "amd64", null, List.of(), "", List.of()));

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(1);
  private final FakeSocket socket = new FakeSocket();
  private final List<Hello> handled = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void whatCouldNotBeWorkedOnEndsTheConnectionWhateverTheReason() throws Exception {
    Inbound inbound = new Inbound();
    inbound.codec = CODEC;
    inbound.handlers = new MessageHandlers(List.of(new Failing()));
    AgentLink link =
        new AgentLink(
            new HostId(Ids.next()),
            socket.session(),
            CODEC,
            Clock.systemUTC(),
            threads,
            new AgentLink.Limits(1024 * 1024, 1000),
            threads,
            (self, frames) -> {});

    inbound.received(link, List.of(HELLO, HELLO));

    assertThat(socket.awaitClose()).isEqualTo(1011);
    assertThat(handled).as("what is behind it is not worked on").hasSize(1);
  }

  private final class Failing implements MessageHandler<Hello> {

    @Override
    public Class<Hello> takes() {
      return Hello.class;
    }

    @Override
    public void handle(AgentLink link, Hello message, Optional<String> id) {
      handled.add(message);
      throw new NoClassDefFoundError("on purpose");
    }
  }
}
