package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "0.1,     0.1,   0.1",
                "1E-7,    1E-7,  1E-7",
                "1e-07,   1E-7,  1e-07",
                "12.000,  12,    12.000",
                "12,      12,    12",
                "-0,      -0.0,  -0",
                "0.1000000000000000055511151231257827021181583404541015625, 0.1, 0.1000000000000000055511151231257827021181583404541015625",
                "none,    1E-7,  1.0E-7",
                "none,    12,    12.0",
                "12.000,  13,    13.0",
                "twelve,  12,    12.0",
                "'12 ',   12,    12.0",
                "1e-999999999, 0, 0.0",
                "0e999999999,  0, 0.0",
                "1E-0401, 0,     0.0",
                "NaN,     1,     1.0"
            })
    void shouldKeepTheTextThatWasSentOrTheShortestOne(@Nullable String sent, double value, String kept) {
        Amount amount = Amount.sent(value, sent);

        assertThat(amount.text()).isEqualTo(kept);
        assertThat(amount.value()).isEqualTo(value);
    }

    @Test
    void shouldNotKeepATextThatNobodyIsMeantToRead() {
        assertThat(Amount.sent(1, "1." + "0".repeat(62)).text()).hasSize(64);
        assertThat(Amount.sent(1, "1." + "0".repeat(63)).text()).isEqualTo("1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "0.3,    0.1,    0.2",
        "12.000, 11.5,   0.500",
        "1,      1.0,    0.0",
        "1E-7,   0,      1E-7",
        "0,      1E-7,   -1E-7",
        "1000000000, 4.9E-324, 999999999.9999999999",
        "0,      0,      0"
    })
    void shouldTellTheExactDifference(String now, String before, String difference) {
        assertThat(Amount.parse(now).minus(Amount.parse(before)).text()).startsWith(difference);
        assertThat(Amount.parse(now).minus(null).text()).isEqualTo(now);
    }

    @ParameterizedTest
    @CsvSource({"12, 12.000, true", "1e-1, 0.1, true", "-0, 0.0, true", "0.1, 0.10000000000000000001, false"})
    void shouldCompareNumbersAndNotTexts(String one, String other, boolean same) {
        assertThat(Amount.parse(one).same(Amount.parse(other))).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "NaN", "Infinity", "1e999", "0x1p3", "1.", ".5", "01", "+1", "1,5", "1E99999", "١"})
    void shouldTakeNumbersOnly(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Amount.parse(text))
                .withMessageContaining("expected");
        assertThatIllegalArgumentException().isThrownBy(() -> new Amount(1, text));
    }

    @Test
    void shouldTakeNoTextOfAnotherNumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Amount(1, "2"));
    }
}
