package io.sessionevents.cli;

import io.sessionevents.cli.Table.Cell;
import io.sessionevents.cli.Table.Column;
import io.sessionevents.cli.Table.Cut;
import io.sessionevents.cli.Table.Span;
import io.sessionevents.cli.Table.Wish;
import io.sessionevents.session.AlertKind;
import io.sessionevents.session.Amount;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Prints the entries of a history as aligned rows. */
final class HistoryPrinter {
    private static final int TIME = 19;
    private static final int WHAT = 26;
    private static final int STATE = 11;
    private static final Table TABLE = new Table(
            List.of(
                    new Column("TIME", false, Cut.END, TIME),
                    new Column("SEQ", true, Cut.NOT, 3),
                    new Column("WHAT", false, Cut.END, WHAT),
                    new Column("WINDOW", true, Cut.NOT, 8),
                    new Column("NOTE", false, Cut.END, 1)),
            List.of(
                    new Wish(2, WHAT),
                    new Wish(0, TIME),
                    new Wish(3, 8),
                    new Wish(4, 10),
                    new Wish(1, 3),
                    new Wish(4, 20)),
            2);
    private static final String ALERT = "\u001b[31m";

    private final PrintWriter out;
    private final RowStyle style;
    private final DateTimeFormatter time;

    HistoryPrinter(PrintWriter out, RowStyle style) {
        this.out = out;
        this.style = style;
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(style.zone());
    }

    void print(List<HistoryEntry> entries) {
        int width = style.columns().getAsInt();
        out.println(TABLE.heading(width, colour(Feed.DIM)));
        entries.forEach(entry -> out.println(TABLE.row(width, row(entry))));
        out.flush();
    }

    private List<Cell> row(HistoryEntry entry) {
        return switch (entry) {
            case HistoryEntry.Change change -> change(change.change());
            case HistoryEntry.UsageRevision revision -> usage(revision.usage());
            case HistoryEntry.Alert alert -> alert(alert.alert());
            case HistoryEntry.Unreadable unreadable ->
                row(
                        unreadable.at(),
                        "·",
                        Cell.of(colour(ChangePrinter.colour(SessionState.FAILED.name())), "unreadable"),
                        "·",
                        unreadable.position() + ": " + unreadable.reason());
        };
    }

    private List<Cell> row(Instant at, String number, Cell what, String window, String note) {
        return List.of(
                Cell.of(time.format(at)), Cell.of(number), what, Cell.of(window), Cell.of(colour(Feed.DIM), note));
    }

    private List<Cell> change(StateChange change) {
        String before =
                change.previousState() == null ? "·" : change.previousState().name();
        String after = change.state() == SessionState.UNKNOWN
                ? change.session().state()
                : change.state().name();
        var what = new Cell(List.of(
                new Span(colour(ChangePrinter.colour(before)), before),
                new Span("", " ".repeat(Math.max(0, STATE - before.length())) + " → "),
                new Span(colour(ChangePrinter.colour(after)), after)));
        return row(
                change.observedAt(),
                Long.toString(change.sequence()),
                what,
                window(change.previousObservedAt(), change.observedAt()),
                note(change));
    }

    private static String note(StateChange change) {
        var note = new StringJoiner(", ");
        if (!change.missedStates().isEmpty()) {
            note.add("missed "
                    + String.join(
                            " ",
                            change.missedStates().stream()
                                    .map(SessionState::name)
                                    .toList()));
        }
        ResourceUtilization billed = change.session().billedResourceUtilization();
        if (change.state().terminal() && billed != null) {
            note.add("billed " + amounts(billed));
        }
        return note.toString();
    }

    private List<Cell> usage(UsageRecord usage) {
        String status = usage.status().name();
        var note = new StringJoiner(", ");
        note.add(
                usage.numbers().billed() == null
                        ? "nothing billed"
                        : "billed " + amounts(usage.numbers().billed()));
        if (usage.revision() > 1 && usage.billedDelta() != null) {
            note.add("since the revision before " + amounts(usage.billedDelta()));
        }
        return row(
                usage.settledAt(),
                Integer.toString(usage.revision()),
                named("usage ", UsagePrinter.colour(status), status),
                "·",
                note.toString());
    }

    private List<Cell> alert(SessionAlert alert) {
        String kind = alert.kind().name();
        SessionAlert.Over over = alert.over();
        var note = new StringJoiner(", ");
        note.add(
                over == null
                        ? "raised"
                        : "cleared: "
                                + over.why().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (alert.measured() != null) {
            note.add(measured(alert.measured(), alert.kind()));
        }
        note.add("threshold " + measured(alert.threshold(), alert.kind()));
        return row(
                alert.decidedAt(),
                Integer.toString(alert.crossing()),
                named("alert ", ALERT, kind),
                window(alert.previousLookAt(), alert.decidedAt()),
                note.toString());
    }

    private static String measured(double number, AlertKind kind) {
        return switch (kind.unit()) {
            case SECONDS -> ChangePrinter.human(Duration.ofMillis((long) (number * 1000)));
            case VCPU_HOURS -> number + " vCPU h";
        };
    }

    /** How long it took at most from what was seen before. */
    private static String window(@Nullable Instant before, Instant at) {
        return before == null ? "·" : ChangePrinter.human(Duration.between(before, at));
    }

    private static String amounts(ResourceUtilization used) {
        var amounts = new StringJoiner(", ");
        add(amounts, used.vCPU(), "vCPU h");
        add(amounts, used.memory(), "memory GB h");
        add(amounts, used.storage(), "storage GB h");
        return amounts.toString();
    }

    private static void add(StringJoiner amounts, @Nullable Amount amount, String unit) {
        if (amount != null) {
            amounts.add(amount.text() + " " + unit);
        }
    }

    private Cell named(String what, String colour, String name) {
        return new Cell(List.of(new Span("", what), new Span(colour(colour), name)));
    }

    /** The escape sequence, unless there are to be none. */
    private String colour(String code) {
        return style.colour() ? code : "";
    }
}
