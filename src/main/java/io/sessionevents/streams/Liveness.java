package io.sessionevents.streams;

import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.health.Health.Check;
import java.util.List;

/** What nothing but a restart would fix; an outage of Kafka, of AWS or of the registry is no such thing. */
public record Liveness(PollWatch polls, LookupDispatcher dispatcher, GroupContact contact) {

    /** All of it. */
    public List<Check> checks() {
        List<String> stuck = polls.stuck();
        return List.of(
                new Check(
                        "stream-threads",
                        stuck.isEmpty(),
                        stuck.isEmpty()
                                ? "poll"
                                : "no poll for longer than max.poll.interval.ms: " + String.join(", ", stuck)),
                alive("dispatcher", dispatcher.alive()),
                alive("group-contact", contact.watching()));
    }

    private static Check alive(String thread, boolean alive) {
        return new Check(thread, alive, alive ? "at work" : "its thread has died");
    }
}
