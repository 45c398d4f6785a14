package org.resticmanager.bench.dispatch;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.fleet.SimulatedAgent;
import org.resticmanager.bench.node.Api;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.EventAck;

/** Notes when a backup is ordered, and is done with it at once. */
public final class DispatchAgent extends SimulatedAgent {

  private static final long LIMIT_SECONDS = 60;

  private final FleetHost host;
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  /** A job, and when its order arrived. */
  private record Order(String job, long nanoTime) {}

  /** Of a host that has been enrolled; not connected yet. */
  public DispatchAgent(FleetHost host) {
    this.host = host;
  }

  /** Whose agent it is. */
  public FleetHost host() {
    return host;
  }

  @Override
  protected void backup(CommandRun command) {
    orders.add(new Order(command.jobId(), System.nanoTime()));
    succeed(command.jobId());
  }

  @Override
  protected void confirmed(EventAck ack) {
    if (ack.finished()) {
      ends.add(ack.jobId());
    }
  }

  /**
   * Asks for a backup over REST; returns when its host is free again. One call at a time.
   *
   * @return the nanoseconds from before the request until the order was there
   */
  public long runNow(Api admin) throws InterruptedException {
    ends.clear();
    long asked = System.nanoTime();
    String job = host.runNow(admin);
    Order order = orders.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (order == null || !order.job().equals(job)) {
      throw new IllegalStateException("job " + job + " was asked for, but this came: " + order);
    }
    String end = ends.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (!job.equals(end)) {
      throw new IllegalStateException("the end of job " + job + " was not confirmed: " + end);
    }
    return order.nanoTime() - asked;
  }
}
