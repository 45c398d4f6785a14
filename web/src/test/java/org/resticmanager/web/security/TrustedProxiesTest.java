package org.resticmanager.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      TrustedProxies.parse("127.0.0.1, 10.1.0.0/16,fd00::/8");

  @Test
  void withoutTrustedProxiesTheHeaderIsAClaimOnly() {
    assertThat(TrustedProxies.parse("").client("192.0.2.1", List.of("198.51.100.7")))
        .isEqualTo("192.0.2.1");
  }

  @Test
  void aStrangersHeaderIsAClaimOnly() {
    assertThat(PROXIES.client("192.0.2.1", List.of("198.51.100.7"))).isEqualTo("192.0.2.1");
  }

  @Test
  void theLastAddressThatIsNoProxyIsTheClient() {
    assertThat(PROXIES.client("127.0.0.1", List.of("198.51.100.7"))).isEqualTo("198.51.100.7");
    assertThat(PROXIES.client("fd00::2", List.of("203.0.113.9, 198.51.100.7", "10.1.200.3")))
        .isEqualTo("198.51.100.7");
    assertThat(PROXIES.client("127.0.0.1", List.of("2001:db8::1"))).isEqualTo("2001:db8::1");
  }

  @Test
  void whoComesFromAProxyItselfIsThatProxy() {
    assertThat(PROXIES.client("10.1.0.1", List.of())).isEqualTo("10.1.0.1");
    assertThat(PROXIES.client("10.1.0.1", List.of("10.1.0.2"))).isEqualTo("10.1.0.2");
  }

  @Test
  void whatIsNoAddressIsNotTaken() {
    assertThat(PROXIES.client("127.0.0.1", List.of("evil.example", "dead"))).isEqualTo("127.0.0.1");
    assertThat(PROXIES.client("127.0.0.1", List.of("198.51.100.7, <script>")))
        .isEqualTo("127.0.0.1");
    assertThat(PROXIES.client("127.0.0.1", List.of(""))).isEqualTo("127.0.0.1");
  }

  /** Some proxies write it, and every connection has another one. */
  @Test
  void thePortBehindAnAddressIsNoPartOfIt() {
    assertThat(PROXIES.client("127.0.0.1", List.of("203.0.113.9:51234"))).isEqualTo("203.0.113.9");
    assertThat(PROXIES.client("127.0.0.1", List.of("203.0.113.9, 10.1.0.2:443")))
        .isEqualTo("203.0.113.9");
    assertThat(PROXIES.client("127.0.0.1", List.of("[2001:db8::1]:51234, [fd00::2]")))
        .isEqualTo("2001:db8::1");
  }

  @Test
  void whatOnlyLooksLikeAnAddressIsNotTaken() {
    for (String no :
        List.of(
            "203.0.113.9:", "203.0.113.9:x", "203.0.113.999:1", ":::1", "[203.0.113.9]:1", "1:2")) {
      assertThat(PROXIES.client("127.0.0.1", List.of(no))).as(no).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aNetworkEndsAtItsLastBit() {
    TrustedProxies few = TrustedProxies.parse("192.0.2.64/26");
    assertThat(few.include("192.0.2.127")).isTrue();
    assertThat(few.include("192.0.2.128")).isFalse();
    assertThat(few.include("192.0.2.63")).isFalse();
    assertThat(few.include("::1")).isFalse();
    assertThat(TrustedProxies.parse("0.0.0.0/0").include("8.8.8.8")).isTrue();
  }

  @Test
  void aMistakeIsNamed() {
    for (String wrong :
        List.of(
            "proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.300", "dead", "1.2.3", ":::1")) {
      assertThatThrownBy(() -> TrustedProxies.parse("127.0.0.1," + wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong);
    }
  }
}
