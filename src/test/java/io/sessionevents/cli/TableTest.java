package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.cli.Table.Cell;
import io.sessionevents.cli.Table.Column;
import io.sessionevents.cli.Table.Cut;
import io.sessionevents.cli.Table.Span;
import io.sessionevents.cli.Table.Wish;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private static final Table TABLE = new Table(
            List.of(
                    new Column("KEY", false, Cut.START, 6),
                    new Column("N", true, Cut.NOT, 3),
                    new Column("NOTE", false, Cut.END, 1)),
            List.of(new Wish(0, 4), new Wish(1, 3), new Wish(0, 6), new Wish(2, 4)),
            0);

    @ParameterizedTest
    @CsvSource({
        "4, '…789'",
        "6, '…56789'",
        "9, '…789    1'",
        "10, '…6789    1'",
        "16, '0123456789     1'",
        "17, '…56789    1  a n…'"
    })
    void shouldGrantWhatThereIsRoomFor(int width, String row) {
        assertThat(TABLE.row(width, cells("0123456789", "1", "a note"))).isEqualTo(row);
    }

    @Test
    void shouldCutNothingWhereThereIsNoTerminal() {
        assertThat(TABLE.row(Table.UNLIMITED, cells("0123456789", "12345", "a very long note")))
                .isEqualTo("0123456789  12345  a very long note");
        assertThat(TABLE.row(Table.UNLIMITED, cells("1", "2", "3"))).isEqualTo("1         2  3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 17, 18, 40})
    void shouldNeverBeLongerThanTheTerminalIsWide(int width) {
        assertThat(TABLE.row(width, cells("0123456789", "123456789", "n".repeat(99))))
                .hasSizeLessThanOrEqualTo(width);
    }

    /** Signs of the East take two cells in most terminals; half of a pair of surrogates would be none. */
    @Test
    void shouldCountTwoCellsForAWideSign() {
        assertThat(TABLE.row(20, cells("a", "1", "漢字漢字"))).isEqualTo("a         1  漢字漢…");
        for (int width = 1; width < 40; width++) {
            assertThat(TABLE.row(width, cells("😀😀😀😀", "1", "😀😀😀😀")).codePoints())
                    .as("at %d columns", width)
                    .noneMatch(sign -> sign >= Character.MIN_SURROGATE && sign <= Character.MAX_SURROGATE);
        }
    }

    @Test
    void shouldPaintWithoutMovingTheColumnsAndLetNobodyElsePaint() {
        var note = new Cell(List.of(new Span("\u001b[31m", "red"), new Span("", "\u001b[0m\u009b1m\u202e")));

        assertThat(TABLE.row(40, List.of(Cell.of("k"), Cell.of("1"), note)))
                .isEqualTo("k         1  \u001b[31mred\u001b[0m?[0m?1m?");
        assertThat(TABLE.row(17, List.of(Cell.of("k"), Cell.of("1"), note)))
                .isEqualTo("k         1  \u001b[31mred\u001b[0m…");
    }

    private static List<Cell> cells(String... texts) {
        return List.of(texts).stream().map(Cell::of).toList();
    }
}
