package org.resticmanager.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Between a server and its database. It can be as if the database's host had vanished and another
 * one had taken its place: the server's connections stay open, and nothing comes on them any more.
 */
final class Gateway implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket entrance;
  private final InetSocketAddress behind;
  private final List<Passage> passages = new CopyOnWriteArrayList<>();

  /** Opens it before a database. */
  Gateway(ExternalDatabase database) {
    URI address = URI.create(database.url().substring("jdbc:".length()));
    behind = new InetSocketAddress(address.getHost(), address.getPort());
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::open);
  }

  /** The database by this way, without user and password. */
  String url(ExternalDatabase database) {
    return database
        .url()
        .replace(
            URI.create(database.url().substring("jdbc:".length())).getAuthority(),
            "127.0.0.1:" + entrance.getLocalPort());
  }

  /** Nobody is behind any connection that is open now; new ones are as ever. */
  void vanish() {
    passages.forEach(Passage::vanish);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "gateway");
    thread.setDaemon(true);
    thread.start();
  }

  private void open() {
    while (!entrance.isClosed()) {
      try {
        Socket here = entrance.accept();
        Socket there = new Socket(behind.getAddress(), behind.getPort());
        Passage passage = new Passage(here, there);
        passages.add(passage);
        start(() -> passage.carry(here, there));
        start(() -> passage.carry(there, here));
      } catch (IOException e) {
        // the gateway is closed, or the database is away: whoever came finds that out
      }
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
      for (Passage passage : passages) {
        passage.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Passage {

    private final Socket here;
    private final Socket there;
    private volatile boolean vanished;

    Passage(Socket here, Socket there) {
      this.here = here;
      this.there = there;
    }

    void carry(Socket from, Socket to) {
      byte[] buffer = new byte[BUFFER_BYTES];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (!vanished) {
            out.write(buffer, 0, read);
          }
        }
        if (!vanished) {
          close();
        }
      } catch (IOException e) {
        // one side has gone
      }
    }

    void vanish() {
      vanished = true;
      try {
        there.close(); // or what was begun there would keep its locks
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void close() throws IOException {
      here.close();
      there.close();
    }
  }
}
