package io.sessionevents.local.emr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What really happened, as the simulated endpoint knows it: the judge of everything the service says.
 *
 * @param sessions every session's true states, oldest first, by session
 * @param clearingIdleSince the sessions of which no answer tells that they were idle before they got busy again
 * @param requests every HTTP request with its time, in order of arrival
 */
public record Truth(Map<SessionKey, List<Phase>> sessions, Set<SessionKey> clearingIdleSince, List<Request> requests) {

    /**
     * One request.
     *
     * @param status of the answer; 0 if there was none
     * @param fault what went wrong with it
     */
    public record Request(Instant at, SessionKey key, int status, Fault fault) {
        /** Whether the answer told the present truth. */
        public boolean honest() {
            return status == 200 && fault == Fault.NONE;
        }
    }

    /** The largest number of requests in any second, wherever it begins. */
    public int mostRequestsInAnySecond() {
        Deque<Instant> second = new ArrayDeque<>();
        int most = 0;
        for (Instant at : requests.stream()
                .map(Request::at)
                .sorted(Comparator.naturalOrder())
                .toList()) {
            second.addLast(at);
            while (!second.getFirst().isAfter(at.minus(Duration.ofSeconds(1)))) {
                second.removeFirst();
            }
            most = Math.max(most, second.size());
        }
        return most;
    }

    /** The sessions that had ended by then. */
    public Set<SessionKey> endedBy(Instant time) {
        return sessions.entrySet().stream()
                .filter(session -> session.getValue().getLast().terminal()
                        && !session.getValue().getLast().from().isAfter(time))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    public long throttled() {
        return requests.stream()
                .filter(request ->
                        request.fault() == Fault.THROTTLED || request.fault() == Fault.THROTTLED_WITH_RETRY_AFTER)
                .count();
    }
}
