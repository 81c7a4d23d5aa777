package io.sessionevents.http.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.session.SessionState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The instances of a fleet together.
 *
 * @param instances that answered
 * @param silent addresses of those that did not
 * @param unassigned partitions that none has
 * @param byState tracked sessions by the state they were last reported in
 * @param unseen tracked sessions that were never seen
 * @param settling ended sessions whose usage is looked at
 * @param sources by name; the default one first
 */
record Fleet(
        List<Members> instances,
        List<String> silent,
        List<String> unassigned,
        Map<SessionState, Long> byState,
        long unseen,
        long settling,
        List<SourceSums> sources) {

    /** What {@code /api/v1/instances} answered. */
    static Fleet of(JsonNode answer) {
        var members = new Members(answer);
        List<Members> instances = members.each("instances");
        Map<SessionState, Long> byState = new EnumMap<>(SessionState.class);
        Map<String, SourceSums> sources = new TreeMap<>(SourceSums.DEFAULT_FIRST);
        long unseen = 0;
        long settling = 0;
        for (Members instance : instances) {
            for (Members source : instance.of("budget").each("sources")) {
                source.of("sessionsByState")
                        .json()
                        .properties()
                        .forEach(entry -> byState.merge(
                                SessionState.of(entry.getKey()),
                                entry.getValue().asLong(),
                                Long::sum));
                unseen += source.count("sessionsUnseen");
                settling += source.count("sessionsSettling");
                sources.computeIfAbsent(source.text("source"), SourceSums::new).add(source);
            }
            for (Members sweeps : instance.each("sweeps")) {
                sources.computeIfAbsent(sweeps.text("source"), SourceSums::new).addSweeps(sweeps);
            }
        }
        return new Fleet(
                instances,
                members.texts("incomplete"),
                members.texts("unassignedPartitions"),
                byState,
                unseen,
                settling,
                new ArrayList<>(sources.values()));
    }

    long in(SessionState state) {
        return byState.getOrDefault(state, 0L);
    }

    long tracked() {
        return unseen + byState.values().stream().mapToLong(Long::longValue).sum();
    }

    List<String> sourceNames() {
        return sources.stream().map(SourceSums::name).toList();
    }

    /** Whether no instance has started yet, so that there is nothing to count. */
    boolean starting() {
        return instances.stream().noneMatch(instance -> instance.has("budget"));
    }
}
