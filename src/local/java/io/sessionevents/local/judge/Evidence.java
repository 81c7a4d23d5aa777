package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is known of what a service did, and the judgement of it. Shares no code with the service: it knows the events from
 * the topic and the registry, and the truth from the simulated endpoint.
 *
 * @param truth about the sessions of that service
 * @param asked what it was asked for
 * @param told what it told
 * @param disturbances when a part of the sessions could not be looked at, or answers could be lost with an instance
 * @param until the end of the observation
 * @param limits what is allowed
 */
public record Evidence(Truth truth, Asked asked, Told told, List<Interval> disturbances, Instant until, Limits limits) {

    public Evidence {
        disturbances = List.copyOf(disturbances);
    }

    /**
     * What a service was asked for.
     *
     * @param published the sessions that it was asked to track, with the time when the broker had the id
     * @param applications the ids of those that it was asked to track, with the time when the broker had the id, or when it was told
     *     to find them by itself
     * @param again the sessions whose id was published again, with the time of that, where somebody waits for it
     * @param unreadable how many records were published that no one can read
     */
    public record Asked(
            Map<SessionKey, Instant> published,
            Map<String, Instant> applications,
            Map<SessionKey, Instant> again,
            int unreadable) {
        public Asked {
            published = Map.copyOf(published);
            applications = Map.copyOf(applications);
            again = Map.copyOf(again);
        }

        /** Every session once, and nothing else. */
        public static Asked of(Map<SessionKey, Instant> published) {
            return new Asked(published, Map.of(), Map.of(), 0);
        }

        /** The same, and every session of these applications. */
        public Asked and(Map<String, Instant> moreApplications) {
            return new Asked(published, moreApplications, again, unreadable);
        }
    }

    /**
     * What is allowed.
     *
     * @param rounds of looks that a session may wait for its next look, and an event for its consumer
     * @param roundsToFirst of looks that may pass between the publication of a session and its first look
     * @param budget GetSession requests per second
     * @param listSessions ListSessions requests per second
     * @param listApplications ListApplications requests per second
     * @param settled how long a session of an application that is tracked has been over when its end must have been told
     * @param usage when its usage must have been told
     * @param alerts when alerts must be told
     */
    public record Limits(
            double rounds,
            double roundsToFirst,
            double budget,
            double listSessions,
            double listApplications,
            Duration settled,
            UsagePlan usage,
            AlertPlan alerts) {
        /** Instances do not look at the same pace, and do not send at the pace of their endpoint's machine. */
        public static final Limits OF_A_FLEET = new Limits(20, 20, Double.POSITIVE_INFINITY);

        /** Of those who ask for no list, or for whom that does not matter. */
        public Limits(double rounds, double roundsToFirst, double budget) {
            this(
                    rounds,
                    roundsToFirst,
                    budget,
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    Duration.ofMinutes(10),
                    UsagePlan.USUAL,
                    AlertPlan.NONE);
        }

        /** The same with these limits of what is found by lists. */
        public Limits withLists(double sessions, double applications, Duration over) {
            return new Limits(rounds, roundsToFirst, budget, sessions, applications, over, usage, alerts);
        }

        /** The same with this plan of looks at sessions that have ended. */
        public Limits withUsage(UsagePlan plan) {
            return new Limits(rounds, roundsToFirst, budget, listSessions, listApplications, settled, plan, alerts);
        }

        /** The same with these thresholds. */
        public Limits withAlerts(AlertPlan plan) {
            return new Limits(rounds, roundsToFirst, budget, listSessions, listApplications, settled, usage, plan);
        }

        /** Weights and new sessions make some rounds longer than others; and an id has to come through Kafka first. */
        public static Limits ofOneInstance(double budget) {
            return new Limits(5, 10, budget);
        }
    }

    /** Up to now, of a run that nothing disturbed. */
    public static Evidence of(
            Truth truth, Map<SessionKey, Instant> published, List<ObservedChange> events, Limits limits) {
        return new Evidence(truth, Asked.of(published), Told.of(events), List.of(), Instant.now(), limits);
    }

    /**
     * The sessions that the service had to track, with the time since when: those that were published, and of applications that are
     * tracked those that it has looked at. Whether it has found them all is judged by {@link EverySessionReported}.
     */
    public Map<SessionKey, Instant> tracked() {
        Map<SessionKey, Instant> tracked = new HashMap<>(asked.published());
        if (!asked.applications().isEmpty()) {
            truth.requests().stream()
                    .filter(look -> truth.sessions().containsKey(look.key())
                            && asked.applications().containsKey(look.key().applicationId()))
                    .forEach(look -> tracked.putIfAbsent(look.key(), look.at()));
        }
        return tracked;
    }

    /** How many states had to be reported. */
    public int observable() {
        return new EveryChangeReported(tracked(), disturbances)
                .observable(truth)
                .size();
    }

    /** What breaks that promise; empty if nothing does. */
    public List<String> violations(Promise promise) {
        return promise.guarantee(this).violations(truth, told.events());
    }

    /** What breaks any of these promises. */
    public List<String> violations(Set<Promise> promises) {
        return judge(promises).violations();
    }

    /** Judges by these promises: a row for each way in which they can be broken. */
    public Verdict judge(Set<Promise> promises) {
        Map<String, List<String>> violations = new LinkedHashMap<>();
        promises.forEach(promise -> violations
                .computeIfAbsent(promise.breach(), any -> new ArrayList<>())
                .addAll(violations(promise)));
        return new Verdict(violations.entrySet().stream()
                .map(breach -> new Row(
                        breach.getKey(), "0", Integer.toString(breach.getValue().size()), breach.getValue()))
                .toList());
    }
}
