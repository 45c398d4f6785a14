package org.resticmanager.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodesTest {

  private static final OneTimeCodes OF_THE_RFC =
      new OneTimeCodes(
          new Base32().encodeToString("12345678901234567890".getBytes(StandardCharsets.US_ASCII)));

  /** Appendix B of RFC 6238, the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codesAreThoseOfTheStandard(long second, String code) {
    assertThat(OF_THE_RFC.code(Instant.ofEpochSecond(second))).isEqualTo(code);
  }

  @Test
  void codeIsGoodForItsOwnStepAndTheOnesBesideIt() {
    Instant now = Instant.ofEpochSecond(1_111_111_110);
    String code = OF_THE_RFC.code(now);
    long step = 1_111_111_110 / 30;
    assertThat(OF_THE_RFC.step(code, now.minusSeconds(30))).hasValue(step);
    assertThat(OF_THE_RFC.step(code, now)).hasValue(step);
    assertThat(OF_THE_RFC.step(code, now.plusSeconds(59))).hasValue(step);
    assertThat(OF_THE_RFC.step(code, now.minusSeconds(31))).isEmpty();
    assertThat(OF_THE_RFC.step(code, now.plusSeconds(60))).isEmpty();
    assertThat(OF_THE_RFC.step("", now)).isEmpty();
    assertThat(OF_THE_RFC.step(code + "0", now)).isEmpty();
  }

  @Test
  void secretsAreLongAndDiffer() {
    OneTimeCodes one = OneTimeCodes.create();
    assertThat(one.secret()).matches("[A-Z2-7]{32}").isNotEqualTo(OneTimeCodes.create().secret());
    assertThat(one.toString()).doesNotContain(one.secret());
  }

  @Test
  void appsReadTheUri() {
    assertThat(OF_THE_RFC.uri("Anna & Bela"))
        .isEqualTo(
            "otpauth://totp/restic-manager:Anna%20%26%20Bela?secret="
                + "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=restic-manager&algorithm=SHA1&digits=6&period=30");
  }
}
