package org.resticmanager.bench.fleet;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Agents that misbehave, each in one way and on a thread of its own: no more than were asked for,
 * and no longer. What the server does to them is their own affair; those that are thrown out come
 * again.
 */
public final class Misbehaving implements AutoCloseable {

  /** Threads of this machine, which does other things as well. */
  private static final int MOST = 500;

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int OVERSIZED_BYTES = 2 * 1024 * 1024;
  private static final Duration BEFORE_COMING_AGAIN = Duration.ofSeconds(1);
  private static final Duration BETWEEN_BYTES = Duration.ofMillis(100);
  private static final Duration BETWEEN_GARBAGE = Duration.ofMillis(10);

  private final URI server;
  private final long endsAt;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Misbehaviour, AtomicLong> visits = new EnumMap<>(Misbehaviour.class);
  private volatile boolean closed;

  /**
   * Begins.
   *
   * @param agents enrolled, at most {@value #MOST}; they share the ways to misbehave equally
   * @param lasts then all end by themselves
   */
  public Misbehaving(URI server, List<IdleAgent> agents, Duration lasts) {
    if (agents.size() > MOST || lasts.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("at most " + MOST + " agents, for at most " + LONGEST);
    }
    this.server = server;
    endsAt = System.nanoTime() + lasts.toNanos();
    for (Misbehaviour way : Misbehaviour.values()) {
      visits.put(way, new AtomicLong());
    }
    for (int i = 0; i < agents.size(); i++) {
      IdleAgent agent = agents.get(i);
      Misbehaviour way = Misbehaviour.values()[i % Misbehaviour.values().length];
      Thread thread = new Thread(() -> misbehave(agent, way), "misbehaving");
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** How often those who do this were let in. */
  public long visits(Misbehaviour way) {
    return visits.get(way).get();
  }

  private boolean goesOn() {
    return !closed && System.nanoTime() - endsAt < 0;
  }

  private void misbehave(IdleAgent agent, Misbehaviour way) {
    while (goesOn()) {
      try {
        AgentSocket socket = AgentSocket.open(server, agent.token());
        visits.get(way).incrementAndGet();
        try (SocketChannel channel = socket.channel()) {
          agent.connected(socket);
          socket.flush();
          channel.configureBlocking(true);
          misbehave(channel, way);
        }
        if (way != Misbehaviour.COMES_BACK_AT_ONCE) {
          pause(BEFORE_COMING_AGAIN);
        }
      } catch (IOException e) {
        pause(BEFORE_COMING_AGAIN); // it was thrown out, or not let in
      }
    }
  }

  private void misbehave(SocketChannel channel, Misbehaviour way) throws IOException {
    switch (way) {
      case BREAKS_OFF -> {
        ByteBuffer frame = frame("{\"type\":\"heartbeat\",\"payload\":{}}");
        write(channel, frame.limit(frame.limit() / 2));
      }
      case SLOW -> {
        ByteBuffer bytes = frame("{\"type\":\"heartbeat\",\"payload\":{}}");
        while (goesOn()) {
          write(channel, bytes.duplicate().limit(bytes.position() + 1));
          bytes.position(bytes.position() + 1);
          if (!bytes.hasRemaining()) {
            bytes.rewind();
          }
          pause(BETWEEN_BYTES);
        }
      }
      case GARBAGE -> {
        while (goesOn()) {
          write(channel, frame("{\"type\":\"log.stream\",\"payload\":[[[[\u0000"));
          pause(BETWEEN_GARBAGE);
        }
      }
      case OVERSIZED -> {
        ByteBuffer large = ByteBuffer.allocate(14 + OVERSIZED_BYTES);
        large.put((byte) 0x81).put((byte) 0xFF).putLong(OVERSIZED_BYTES).putInt(0);
        while (large.hasRemaining()) {
          large.put((byte) 'x');
        }
        write(channel, large.flip());
        awaitEnd(channel);
      }
      case SILENT -> awaitEnd(channel);
      case COMES_BACK_AT_ONCE -> {}
    }
  }

  private static ByteBuffer frame(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(bytes.length + ClientFrame.OVERHEAD);
    ClientFrame.begin(frame, bytes.length);
    return frame.put(bytes).flip();
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads, and throws away, until the server or we have had enough. */
  private void awaitEnd(SocketChannel channel) throws IOException {
    ByteBuffer any = ByteBuffer.allocate(4096);
    while (goesOn() && channel.read(any.clear()) >= 0) {}
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all; returns when they are gone. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    for (Thread thread : threads) {
      thread.interrupt(); // which closes the channel that it waits for
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
