package org.resticmanager.web.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The agent of this version, which the archive carries. */
@ApplicationScoped
public class AgentFile {

  /** As it is called where it is downloaded. */
  public static final String NAME = "restic-manager-agent.jar";

  private static final String PLACE = "/WEB-INF/agent/" + NAME + ".download";

  @Inject private ServletContext application;

  private String sha256;

  /** Its digest, in hexadecimal. */
  public synchronized String sha256() {
    if (sha256 == null) {
      sha256 = digest();
    }
    return sha256;
  }

  private String digest() {
    try (InputStream file = application.getResourceAsStream(PLACE)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(file, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void writeTo(OutputStream out) throws IOException {
    try (InputStream file = application.getResourceAsStream(PLACE)) {
      file.transferTo(out);
    }
  }
}
