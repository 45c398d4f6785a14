package org.resticmanager.web.agent;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A socket that leads nowhere and remembers what was sent, and how it was closed. */
final class FakeSocket {

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int closeCode;

  Session session() {
    RemoteEndpoint.Basic remote =
        proxy(
            RemoteEndpoint.Basic.class,
            (name, arguments) -> {
              sent.add((String) arguments[0]);
              return null;
            });
    return proxy(
        Session.class,
        (name, arguments) ->
            switch (name) {
              case "isOpen" -> closed.getCount() > 0;
              case "getBasicRemote" -> remote;
              case "close" -> {
                closeCode = ((CloseReason) arguments[0]).getCloseCode().getCode();
                closed.countDown();
                yield null;
              }
              default -> throw new UnsupportedOperationException(name);
            });
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
