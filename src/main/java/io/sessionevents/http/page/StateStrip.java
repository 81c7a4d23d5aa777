package io.sessionevents.http.page;

import io.sessionevents.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The life of a session as a strip: each state as long as it lasted, as AWS says. The list below says the same in words. */
final class StateStrip {
    private static final double MILLIS = 1000;

    private record Begin(SessionState state, Instant at) {}

    private StateStrip() {}

    static Node of(List<Members> entries) {
        List<Begin> begins = new ArrayList<>();
        for (Members entry : entries) {
            Instant at = entry.time("occurredAt");
            if (entry.text("kind").equals("change") && at != null) {
                begins.add(new Begin(SessionState.of(entry.text("rawState")), at));
            }
        }
        if (begins.size() < 2) {
            return Node.NOTHING;
        }
        var bar = new Bar(millis(begins.getFirst().at(), begins.getLast().at()));
        for (int i = 1; i < begins.size(); i++) {
            Begin begin = begins.get(i - 1);
            bar.part(
                    StateMark.name(begin.state()),
                    millis(begin.at(), begins.get(i).at()));
        }
        return Node.element("div", Node.with("class", "strip"), bar.node());
    }

    private static double millis(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return Math.max(0, time.toSeconds() * MILLIS + time.toMillisPart());
    }
}
