package org.resticmanager.system;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several nodes of one control plane: one database, one key, and the administrator of the first.
 */
final class Nodes implements AutoCloseable {

  private final ExternalDatabase database = new ExternalDatabase();
  private final List<ControlPlane> all = new ArrayList<>();

  /** Starts so many, one after the other. */
  Nodes(int count) {
    this(count, Map.of());
  }

  /** As without settings, each with these. */
  Nodes(int count, Map<String, String> settings) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    Map<String, String> ofEach = new HashMap<>(settings);
    ofEach.put("RESTIC_MANAGER_SECRET_KEY", Base64.getEncoder().encodeToString(key));
    try {
      for (int i = 0; i < count; i++) {
        all.add(new ControlPlane(database, ofEach));
        all.get(0).admin();
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  ExternalDatabase database() {
    return database;
  }

  ControlPlane node(int index) {
    return all.get(index);
  }

  List<ControlPlane> all() {
    return List.copyOf(all);
  }

  /** The first node's administrator, who is known to all. */
  Admin admin() {
    return all.get(0).admin();
  }

  @Override
  public void close() {
    all.forEach(ControlPlane::close);
    database.close();
  }
}
