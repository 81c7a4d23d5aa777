package io.sessionevents.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.calls.StatisticsSample;
import io.sessionevents.health.Health.Check;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Source;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.SweepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What health says of sweeps. */
class SurroundingsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final Surroundings surroundings = new Surroundings(List.of(Source.DEFAULT), () -> NOW);

    @Test
    void shouldTellTheAgeOfTheOldestSweep() {
        assertThat(sweeps(status(null, swept("a", NOW.minusSeconds(30)), swept("b", NOW), swept("c", null))))
                .isEqualTo("3 applications, oldest sweep 30 s ago");
        assertThat(sweeps(status(null, swept("a", null)))).isEqualTo("1 application, none swept yet");
        assertThat(sweeps(status(null))).isEqualTo("no application to sweep");
    }

    @Test
    void shouldSayWhyNoSweepsAreMade() {
        assertThat(sweeps(status("AWS refuses ListSessions: add a statement", swept("a", NOW))))
                .isEqualTo("lookups alone go on: AWS refuses ListSessions: add a statement");
    }

    /** Where all is to be discovered and the key has expired, there is no application to sweep. */
    @Test
    void shouldSayWhyNoApplicationIsDiscovered() {
        assertThat(sweeps(new SweepStatus(0.95, 0.95, null, "ExpiredToken: renew the credentials", List.of())))
                .isEqualTo("no application is discovered: ExpiredToken: renew the credentials");
    }

    @Test
    void shouldSayWhyNoSweepSucceeds() {
        assertThat(sweeps(status(null, swept("a", NOW.minusSeconds(30), "a page"), swept("b", NOW, "another"))))
                .isEqualTo("2 applications, oldest sweep 30 s ago; the last one of each failed: a page");
        assertThat(sweeps(status(null, swept("a", NOW.minusSeconds(30), "a page"), swept("b", NOW))))
                .isEqualTo("2 applications, oldest sweep 30 s ago");
    }

    @Test
    void shouldSayThatAnotherInstanceSweeps() {
        assertThat(sweeps(null)).isEqualTo("not made by this instance");
    }

    /** Its sessions were stopped, or moved to another instance, whose health tells what became of them. */
    @Test
    void shouldSayNothingOfSessionsThatItDoesNotLookUpAnyMore() {
        surroundings.aws(Source.DEFAULT).attempted(new Lookup.Unavailable(Lookup.Trouble.CREDENTIALS, "expired"));

        assertThat(down(StatisticsSample.statistics(false))).containsOnly("aws", "sessions", "sessions gone");
        assertThat(down(StatisticsSample.idle(true))).containsOnly("sessions gone");
    }

    /** What is not well where most sessions seem to vanish. */
    private List<String> down(LookupStatistics lookups) {
        return surroundings.checks(lookups, source -> "most seem to vanish", Map.of()).stream()
                .filter(check -> !check.up())
                .map(Check::name)
                .toList();
    }

    /** The detail of the check, which is always up. */
    private String sweeps(@Nullable SweepStatus status) {
        Check check = surroundings
                .checks(
                        StatisticsSample.statistics(false),
                        source -> null,
                        status == null ? Map.of() : Map.of(Source.DEFAULT, status))
                .stream()
                .filter(one -> one.name().equals("sweeps"))
                .findFirst()
                .orElseThrow();
        assertThat(check.up()).isTrue();
        return check.detail();
    }

    private static SweepStatus status(@Nullable String trouble, SweepStatus.Application... applications) {
        return new SweepStatus(0.95, 0.95, trouble, null, List.of(applications));
    }

    private static SweepStatus.Application swept(String application, @Nullable Instant at) {
        return swept(application, at, null);
    }

    private static SweepStatus.Application swept(String application, @Nullable Instant at, @Nullable String trouble) {
        return new SweepStatus.Application(
                ApplicationKey.parse(application), SweepReason.PUBLISHED, NOW, NOW, 1, at, null, trouble);
    }
}
