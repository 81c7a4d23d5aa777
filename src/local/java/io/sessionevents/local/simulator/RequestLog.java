package io.sessionevents.local.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every request in order of arrival; what came of it is added when the answer has been sent. Safe for use by many threads. */
final class RequestLog {
    private final List<Entry> entries = new ArrayList<>();

    /** One request, and later its answer; guarded by the log. */
    final class Entry {
        private Truth.Request request;

        private Entry(Truth.Request request) {
            this.request = request;
        }

        /** The answer has been sent. */
        void answered(Instant when) {
            synchronized (RequestLog.this) {
                request = new Truth.Request(
                        request.at(), request.key(), request.status(), request.fault(), request.phase(), when);
            }
        }
    }

    /** @param phase that the answer will show */
    synchronized Entry add(Instant at, SessionKey key, @Nullable Answer answer, Fault fault, int phase) {
        var entry = new Entry(new Truth.Request(at, key, answer == null ? 0 : answer.status(), fault, phase, null));
        entries.add(entry);
        return entry;
    }

    synchronized List<Truth.Request> all() {
        return entries.stream().map(entry -> entry.request).toList();
    }

    synchronized long count(Fault fault) {
        return entries.stream().filter(entry -> entry.request.fault() == fault).count();
    }

    /** How often each session was looked at since then and its answer told the truth. */
    synchronized Map<SessionKey, Integer> honestSince(Instant since) {
        Map<SessionKey, Integer> looks = new HashMap<>();
        entries.reversed().stream()
                .map(entry -> entry.request)
                .takeWhile(request -> request.at().isAfter(since))
                .filter(Truth.Request::honest)
                .forEach(request -> looks.merge(request.key(), 1, Integer::sum));
        return looks;
    }

    synchronized void forgetBefore(Instant time) {
        entries.removeIf(entry -> entry.request.at().isBefore(time));
    }
}
