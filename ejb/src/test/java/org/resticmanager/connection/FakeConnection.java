package org.resticmanager.connection;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.ServerMessage;

/** A connection that leads nowhere and remembers what was sent. */
public final class FakeConnection implements AgentConnection {

  /** Closed at once. */
  public static final int CUT = 1001;

  private final HostId host;
  private final Clock clock;
  private final List<ServerMessage> sent = new ArrayList<>();
  private Set<String> features = Set.of();
  private boolean agreed;
  private Instant lastHeard;
  private int closeCode;

  public FakeConnection(HostId host, Clock clock) {
    this.host = host;
    this.clock = clock;
    lastHeard = clock.instant();
  }

  /** A frame came in. */
  public void hear() {
    lastHeard = clock.instant();
  }

  public List<ServerMessage> sent() {
    return List.copyOf(sent);
  }

  /** 0 while it is open. */
  public int closeCode() {
    return closeCode;
  }

  @Override
  public HostId hostId() {
    return host;
  }

  @Override
  public Instant lastHeard() {
    return lastHeard;
  }

  @Override
  public void agree(Collection<String> common) {
    features = Set.copyOf(common);
    agreed = true;
  }

  @Override
  public boolean agreed() {
    return agreed;
  }

  @Override
  public boolean speaks(String feature) {
    return features.contains(feature);
  }

  @Override
  public void send(ServerMessage message) {
    sent.add(message);
  }

  @Override
  public long unsentBytes() {
    return 0;
  }

  @Override
  public void request(ServerMessage message, String id) {
    sent.add(message);
  }

  @Override
  public void close(int code, String reason) {
    closeCode = code;
  }

  @Override
  public void cut(String reason) {
    closeCode = CUT;
  }
}
