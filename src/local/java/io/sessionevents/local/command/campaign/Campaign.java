package io.sessionevents.local.command.campaign;

import io.sessionevents.local.simulator.Truth;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the campaigns have in common: telling, waiting, counting. */
record Campaign(PrintWriter out, long seed) {

    void say(String text) {
        out.printf("%s  %s%n", Instant.now().toString().substring(11, 19), text);
        out.flush();
    }

    /** A line of the result table; the last column says whether the promise was kept. */
    boolean row(String what, String promised, String measured, boolean kept) {
        out.printf("| %s | %s | %s | %s |%n", what, promised, measured, kept ? "kept" : "**broken**");
        out.flush();
        return kept;
    }

    boolean rowWithoutViolations(List<String> violations, int events) {
        violations.stream().limit(5).forEach(violation -> say("violation: %s".formatted(violation)));
        return row(
                "events",
                "none lost, repeated, out of order or invented",
                events + " events, " + violations.size() + " violations",
                violations.isEmpty());
    }

    /** Requests per second within that time. */
    static double rate(Truth truth, Instant from, Instant to) {
        return count(truth, from, to) / (Duration.between(from, to).toMillis() / 1000.0);
    }

    static long count(Truth truth, Instant from, Instant to) {
        return truth.requests().stream()
                .filter(request -> !request.at().isBefore(from) && request.at().isBefore(to))
                .count();
    }
}
