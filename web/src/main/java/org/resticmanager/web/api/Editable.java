package org.resticmanager.web.api;

import java.util.List;

/**
 * A representation of something that people edit. Every answer with one carries its {@link Etag};
 * who writes may hand that back as {@code If-Match}, see {@link IfMatch}.
 */
public interface Editable {

  /**
   * What an edit may change, and no more: what changes by itself (sizes, times) must not make a
   * writer's state stale. Texts, numbers, truth values and lists of these; null for what is absent.
   */
  List<Object> editable();
}
