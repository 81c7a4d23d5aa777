package io.sessionevents.local.command.campaign;

import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.scenario.SourcesWorld;
import io.sessionevents.local.scenario.SourcesWorld.Source;
import io.sessionevents.local.simulator.StsCall;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.LocalSources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How the credentials of a role fared that was never taken back. */
final class CredentialRows {
    private static final int LOOKUPS = 300;
    private static final int TIMES = 3;

    private CredentialRows() {}

    /** @param end trouble of another kind, up to whose begin the source was well */
    static List<Row> of(SourcesWorld world, Interval end) {
        Source europe = world.source(LocalSources.EUROPE.source());
        List<Row> rows = new ArrayList<>();
        rows.add(lookups(europe, end.from()));
        rows.add(renewals(world));
        rows.add(failures(world, europe));
        return rows;
    }

    private static Row lookups(Source source, Instant until) {
        List<Truth.Request> looks = source.emr().truth().requests().stream()
                .filter(request -> request.at().isBefore(until))
                .toList();
        long failed = looks.stream().filter(look -> !look.honest()).count();
        return Row.of(
                "credentials that live for %d s: lookups, and those that failed"
                        .formatted(SourcesWorld.LIFETIME.toSeconds()),
                "at least %d, 0".formatted(LOOKUPS),
                "%d, %d".formatted(looks.size(), failed),
                looks.size() >= LOOKUPS && failed == 0);
    }

    private static Row renewals(SourcesWorld world) {
        String role = LocalSources.role(LocalSources.EUROPE);
        List<StsCall> calls = world.accounts().sts().calls().stream()
                .filter(call -> role.equals(call.role()))
                .toList();
        long granted = calls.stream().filter(call -> call.grants(role)).count();
        boolean right = calls.stream()
                .allMatch(call -> LocalSources.EXTERNAL_ID.equals(call.externalId())
                        && Objects.requireNonNullElse(call.sessionName(), "").contains("session-events"));
        return Row.of(
                "roles assumed, with the external ID and a name that tells the service",
                "at least %d, always".formatted(TIMES),
                "%d of %d, %s".formatted(granted, calls.size(), right ? "always" : "not always"),
                granted >= TIMES && granted == calls.size() && right);
    }

    /** What failed before it came to the wire, the endpoint does not know. */
    private static Row failures(SourcesWorld world, Source source) {
        double found = world.running().metric(attempts(source, "found"));
        double failed = world.running().metric(attempts(source, "credentials"));
        return Row.of(
                "the same as the service counts them: found, and failed by their credentials",
                "at least %d, 0".formatted(LOOKUPS),
                "%.0f, %.0f".formatted(found, failed),
                found >= LOOKUPS && failed == 0);
    }

    private static String attempts(Source source, String outcome) {
        return "session_events_lookup_attempts_total\\{(?=[^}]*outcome=\"%s\")(?=[^}]*source=\"%s\")[^}]*}"
                .formatted(outcome, source.name());
    }
}
