package io.sessionevents.cli;

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
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Prints the entries of a history as aligned rows. */
final class HistoryPrinter {
    private static final String LINE = "%-19s  %3s  %s  %8s  %s";
    private static final int WHAT = 26;
    private static final String ALERT = "\u001b[31m";

    private final PrintWriter out;
    private final boolean colour;
    private final DateTimeFormatter time;

    HistoryPrinter(PrintWriter out, boolean colour, ZoneId zone) {
        this.out = out;
        this.colour = colour;
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
    }

    void print(List<HistoryEntry> entries) {
        out.println(paint(
                Feed.DIM,
                LINE.formatted("TIME", "SEQ", padded("WHAT", "WHAT"), "WINDOW", "NOTE")
                        .stripTrailing()));
        entries.forEach(entry -> out.println(row(entry).stripTrailing()));
        out.flush();
    }

    private String row(HistoryEntry entry) {
        return switch (entry) {
            case HistoryEntry.Change change -> change(change.change());
            case HistoryEntry.UsageRevision revision -> usage(revision.usage());
            case HistoryEntry.Alert alert -> alert(alert.alert());
            case HistoryEntry.Unreadable unreadable ->
                row(
                        unreadable.at(),
                        "·",
                        padded("unreadable", paint(ChangePrinter.colour(SessionState.FAILED.name()), "unreadable")),
                        "·",
                        unreadable.position() + ": " + unreadable.reason());
        };
    }

    private String row(Instant at, String number, String what, String window, String note) {
        return LINE.formatted(
                time.format(at), number, what, window, note.isEmpty() ? "" : paint(Feed.DIM, clean(note)));
    }

    private String change(StateChange change) {
        String before =
                change.previousState() == null ? "·" : change.previousState().name();
        String after = change.state() == SessionState.UNKNOWN
                ? clean(change.session().state())
                : change.state().name();
        return row(
                change.observedAt(),
                Long.toString(change.sequence()),
                padded(
                        "%-11s → %s".formatted(before, after),
                        paint(ChangePrinter.colour(before), "%-11s".formatted(before)) + " → "
                                + paint(ChangePrinter.colour(after), after)),
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

    private String usage(UsageRecord usage) {
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
                padded("usage " + status, "usage " + paint(UsagePrinter.colour(status), status)),
                "·",
                note.toString());
    }

    private String alert(SessionAlert alert) {
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
                padded("alert " + kind, "alert " + paint(ALERT, kind)),
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

    /** Filled up by the width of the text, which colours do not have. */
    private static String padded(String text, String painted) {
        return painted + " ".repeat(Math.max(0, WHAT - text.length()));
    }

    private String paint(String code, String text) {
        return Feed.paint(colour, code, text);
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
