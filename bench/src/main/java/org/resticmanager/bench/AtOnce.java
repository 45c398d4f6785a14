package org.resticmanager.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that several do at the same time. */
public final class AtOnce {

  private AtOnce() {}

  /** By so many threads; returns when all is done, with the answers in the order of the work. */
  public static <T> List<T> all(int threads, List<? extends Callable<T>> work)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<T> answers = new ArrayList<>();
      for (Future<T> one : executor.invokeAll(work)) {
        answers.add(one.get());
      }
      return answers;
    } finally {
      executor.shutdown();
    }
  }
}
