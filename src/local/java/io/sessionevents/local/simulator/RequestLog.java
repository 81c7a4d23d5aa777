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

    /** When each session was looked at with a true answer, oldest first: those who wait ask for it many times a second. */
    private final Map<SessionKey, List<Instant>> honest = new HashMap<>();

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
        if (entry.request.honest()) {
            List<Instant> looks = honest.computeIfAbsent(key, any -> new ArrayList<>());
            looks.add(until(looks, at), at);
        }
        return entry;
    }

    /** How many of them are not later than that. */
    private static int until(List<Instant> sorted, Instant moment) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (sorted.get(middle).isAfter(moment)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
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
        honest.forEach((key, moments) -> {
            int count = moments.size() - until(moments, since);
            if (count > 0) {
                looks.put(key, count);
            }
        });
        return looks;
    }

    synchronized void forgetBefore(Instant time) {
        entries.removeIf(entry -> entry.request.at().isBefore(time));
        honest.values().forEach(moments -> moments.removeIf(moment -> moment.isBefore(time)));
        honest.values().removeIf(List::isEmpty);
    }
}
