package org.resticmanager.singlesignon;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** An identity provider that lies as it is told to, to one browser at a time. */
final class PlayedProvider implements AutoCloseable {

  /** Made once: it takes a second. */
  private static final RSAKey PUBLISHED = key();

  private static final int VERY_MUCH_BYTES = 64 << 20;

  private final HttpServer server;
  private RSAKey signing = PUBLISHED;
  private String code = "";
  private String challenge = "";
  private Map<String, Object> idToken = new HashMap<>();
  private Map<String, Object> userInfo = new HashMap<>();
  private final Map<String, Object> logoutToken = new HashMap<>();
  private final Map<String, Object> offered = new HashMap<>();
  private boolean unsigned;
  private String statedIssuer;
  private volatile String endless = "";
  private final CompletableFuture<Boolean> hungUp = new CompletableFuture<>();

  PlayedProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    statedIssuer = issuer();
    answer("/.well-known/openid-configuration", this::describe);
    answer("/keys", this::keys);
    answer("/token", this::token);
    answer("/userinfo", exchange -> json(exchange, 200, userInfo));
    server.start();
  }

  private void answer(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          if (path.equals(endless)) {
            talk(exchange);
          } else {
            handler.handle(exchange);
          }
        });
  }

  private void talk(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    byte[] blanks = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    try {
      for (int sent = 0; sent < VERY_MUCH_BYTES; sent += blanks.length) {
        exchange.getResponseBody().write(blanks);
      }
      hungUp.complete(false);
    } catch (IOException e) {
      hungUp.complete(true);
    }
    exchange.close();
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("one").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The browser went there; returns with which address it comes back, all well so far. */
  URI letIn(Departure departure) {
    Map<String, String> asked = parameters(departure.address().getRawQuery());
    code = "code-" + asked.get("state");
    challenge = asked.get("code_challenge");
    Instant now = Instant.now();
    idToken =
        new HashMap<>(
            Map.of(
                "iss", issuer(),
                "sub", "anna-1",
                "aud", asked.get("client_id"),
                "iat", now.getEpochSecond(),
                "exp", now.plusSeconds(300).getEpochSecond(),
                "nonce", asked.get("nonce"),
                "preferred_username", "anna"));
    userInfo = new HashMap<>(Map.of("sub", "anna-1", "groups", List.of("crew")));
    return answer(asked.get("state"), code);
  }

  static URI answer(String state, String code) {
    return URI.create(
        "http://localhost:8080/single-sign-on/return?state=" + state + "&code=" + code);
  }

  /** What the next ID token says instead; null: nothing. */
  void says(String claim, Object value) {
    if (value == null) {
      idToken.remove(claim);
    } else {
      idToken.put(claim, value);
    }
  }

  void saysBeside(String claim, Object value) {
    userInfo.put(claim, value);
  }

  /** With a key that is not the published one, though it is called so. */
  void signsWithAnotherKey() {
    signing = key();
  }

  void doesNotSign() {
    unsigned = true;
  }

  /** What the logout tokens say instead; null: nothing. */
  void saysOfLogout(String claim, Object value) {
    logoutToken.put(claim, value);
  }

  /** What it sends when anna signs out of her first session there. */
  String logout() {
    Instant now = Instant.now();
    Map<String, Object> claims =
        new HashMap<>(
            Map.of(
                "iss", issuer(),
                "sub", "anna-1",
                "aud", "restic-manager",
                "iat", now.getEpochSecond(),
                "exp", now.plusSeconds(120).getEpochSecond(),
                "jti", UUID.randomUUID().toString(),
                "sid", "session-1",
                "events", Map.of(LogoutTokenClaimsSet.EVENT_TYPE, Map.of())));
    claims.putAll(logoutToken);
    claims.values().removeIf(Objects::isNull);
    return "logout_token=" + signed(claims);
  }

  /** A token that lets anna in, where one is wanted that signs her out. */
  String logoutByIdToken() {
    return "logout_token=" + signed(idToken);
  }

  /** Sends blanks from there, and many of them. */
  void doesNotStopAt(String path) {
    endless = path;
  }

  /** Whether the other side hung up before it had heard all of them. */
  boolean wasHungUpOn() {
    return hungUp.orTimeout(1, TimeUnit.MINUTES).join();
  }

  /** Describes itself with this too. */
  void offers(String name, Object value) {
    offered.put(name, value);
  }

  void callsItself(String issuer) {
    statedIssuer = issuer;
  }

  private void describe(HttpExchange exchange) throws IOException {
    Map<String, Object> description =
        new HashMap<>(
            Map.of(
                "issuer",
                statedIssuer,
                "authorization_endpoint",
                issuer() + "/auth",
                "token_endpoint",
                issuer() + "/token",
                "userinfo_endpoint",
                issuer() + "/userinfo",
                "jwks_uri",
                issuer() + "/keys",
                "response_types_supported",
                List.of("code"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("RS256")));
    description.putAll(offered);
    json(exchange, 200, description);
  }

  private void keys(HttpExchange exchange) throws IOException {
    json(exchange, 200, new JWKSet(PUBLISHED.toPublicJWK()).toJSONObject());
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
    if (!code.equals(form.get("code")) || !challenge.equals(hash(form.get("code_verifier")))) {
      json(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    code = "used";
    json(
        exchange,
        200,
        Map.of("access_token", "at", "token_type", "Bearer", "id_token", signed(idToken)));
  }

  private String signed(Map<String, Object> claims) {
    if (unsigned) {
      return base64("{\"alg\":\"none\"}")
          + "."
          + base64(JSONObjectUtils.toJSONString(claims))
          + ".";
    }
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
              JWTClaimsSet.parse(claims));
      jwt.sign(new RSASSASigner(signing));
      return jwt.serialize();
    } catch (JOSEException | java.text.ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> java.net.URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static void json(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = JSONObjectUtils.toJSONString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
