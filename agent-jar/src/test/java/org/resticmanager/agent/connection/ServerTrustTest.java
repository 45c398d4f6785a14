package org.resticmanager.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.config.ClientKeystore;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.config.Pin;

class ServerTrustTest {

  private static final Machine MACHINE =
      new Machine("web01", "linux", "amd64", Optional.empty(), ZoneOffset.UTC);

  @TempDir static Path folder;

  private static Path serverKey;
  private static Path clientKey;
  private static Path strangerKey;
  private static Path password;

  @BeforeAll
  static void makeKeys() throws Exception {
    serverKey = TlsServer.keystore(folder, "server");
    clientKey = TlsServer.keystore(folder, "client");
    strangerKey = TlsServer.keystore(folder, "stranger");
    password = Files.writeString(folder.resolve("password"), "password\n");
  }

  private static ServerTrust pinned(Pin pin) {
    return new ServerTrust(Optional.of(pin), Optional.empty());
  }

  private static ServerTrust showing(Pin pin, Path keystore) {
    return new ServerTrust(Optional.of(pin), Optional.of(new ClientKeystore(keystore, password)));
  }

  private static EnrolmentCall.Enrolled enrol(TlsServer server, ServerTrust trust)
      throws EnrolmentFailed {
    return new EnrolmentCall(new ServerAddress(server.address()), trust)
        .enrol("token", "web01", MACHINE);
  }

  /** The server refuses every token, so who learns that has come through the handshake. */
  private static Parting connect(TlsServer server, ServerTrust trust) {
    URI socket = new ServerAddress(server.address()).socket();
    CannotConnect refused =
        catchThrowableOfType(
            CannotConnect.class,
            () ->
                ControlPlaneSocket.connect(
                    socket, trust, "t", Clock.systemUTC(), frame -> {}, () -> {}));
    return refused.parting();
  }

  @Test
  void serverWithThePinnedKeyIsTrustedWithoutAnAuthority() throws Exception {
    try (TlsServer server = new TlsServer(serverKey, serverKey)) {
      assertThat(enrol(server, pinned(server.pin())).hostName()).isEqualTo("web01");
      assertThat(connect(server, pinned(server.pin())).cause())
          .isEqualTo(Parting.Cause.TOKEN_REFUSED);
    }
  }

  @Test
  void serverWithAnotherKeyHearsNothingNotEvenTheToken() throws Exception {
    try (TlsServer server = new TlsServer(strangerKey, strangerKey);
        TlsServer pinnedOne = new TlsServer(serverKey, serverKey)) {
      ServerTrust trust = pinned(pinnedOne.pin());

      assertThatThrownBy(() -> enrol(server, trust))
          .isInstanceOf(EnrolmentFailed.class)
          .hasMessageContaining("is pinned");
      assertThat(connect(server, trust).cause()).isEqualTo(Parting.Cause.LOST);
      assertThat(server.visited()).isFalse();
    }
  }

  @Test
  void serverThatNoAuthorityKnowsIsNotTrustedWithoutAPin() throws Exception {
    try (TlsServer server = new TlsServer(serverKey, serverKey)) {
      assertThatThrownBy(() -> enrol(server, ServerTrust.USUAL))
          .isInstanceOf(EnrolmentFailed.class);
      assertThat(connect(server, ServerTrust.USUAL).cause()).isEqualTo(Parting.Cause.LOST);
      assertThat(server.visited()).isFalse();
    }
  }

  @Test
  void serverThatAsksForACertificateGetsTheAgents() throws Exception {
    try (TlsServer server = new TlsServer(serverKey, clientKey)) {
      assertThatThrownBy(() -> enrol(server, pinned(server.pin())))
          .isInstanceOf(EnrolmentFailed.class);
      assertThatThrownBy(() -> enrol(server, showing(server.pin(), strangerKey)))
          .isInstanceOf(EnrolmentFailed.class);
      assertThat(server.visited()).isFalse();

      ServerTrust trust = showing(server.pin(), clientKey);
      assertThat(TlsAlert.heard(new ServerAddress(server.address()).socket(), trust)).isEmpty();
      assertThat(enrol(server, trust).hostName()).isEqualTo("web01");
      assertThat(connect(server, trust).cause()).isEqualTo(Parting.Cause.TOKEN_REFUSED);
    }
  }

  @Test
  void keystoreThatCannotBeReadIsNoReasonToEnd() throws Exception {
    try (TlsServer server = new TlsServer(serverKey, clientKey)) {
      Parting parting = connect(server, showing(server.pin(), folder.resolve("missing.p12")));
      assertThat(parting.cause()).isEqualTo(Parting.Cause.LOST);
      assertThat(parting.detail()).contains("missing.p12");
    }
  }
}
