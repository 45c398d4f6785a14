package org.resticmanager.web.agent;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A socket that leads nowhere and remembers what was sent, and how it was closed. */
final class FakeSocket {

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<SendHandler> unread = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private SendResult result = new SendResult();
  private boolean reads = true;
  private volatile int closeCode;

  Session session() {
    RemoteEndpoint.Async remote =
        proxy(
            RemoteEndpoint.Async.class,
            (name, arguments) -> {
              send((String) arguments[0], (SendHandler) arguments[1]);
              return null;
            });
    return proxy(
        Session.class,
        (name, arguments) ->
            switch (name) {
              case "isOpen" -> closed.getCount() > 0;
              case "getAsyncRemote" -> remote;
              case "close" -> {
                closeCode = ((CloseReason) arguments[0]).getCloseCode().getCode();
                closed.countDown();
                yield null;
              }
              default -> throw new UnsupportedOperationException(name);
            });
  }

  private synchronized void send(String frame, SendHandler then) {
    sent.add(frame);
    if (reads) {
      then.onResult(result);
    } else {
      unread.add(then);
    }
  }

  /** From now on what is sent is not read by anybody. */
  synchronized void readsNothing() {
    reads = false;
  }

  /** Reads what was sent, and everything from now on. */
  synchronized void readsAgain() {
    reads = true;
    unread.forEach(then -> then.onResult(result));
    unread.clear();
  }

  /** From now on nothing can be sent. */
  synchronized void fails() {
    result = new SendResult(new IOException("broken"));
  }

  List<String> sent() {
    return List.copyOf(sent);
  }

  boolean open() {
    return closed.getCount() > 0;
  }

  /** 0 if it stays open for ten seconds. */
  int awaitClose() throws InterruptedException {
    return closed.await(10, TimeUnit.SECONDS) ? closeCode : 0;
  }

  private interface Answers {
    Object to(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            FakeSocket.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.to(method.getName(), arguments)));
  }
}
