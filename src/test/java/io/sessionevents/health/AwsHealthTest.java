package io.sessionevents.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.SourceStatistics;
import io.sessionevents.calls.StatisticsSample;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.Listing;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.Source;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.SweepStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AwsHealthTest {
    private static final Set<Trouble> OF_ALL_CALLS =
            EnumSet.of(Trouble.CREDENTIALS, Trouble.CLOCK_SKEW, Trouble.FOREIGN);
    private static final Lookup ANSWERED = new Lookup.NotFound();
    private static final SourceStatistics LOOKING = StatisticsSample.ofSource(false);
    private static final SourceStatistics IDLE = StatisticsSample.idleSource();

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final AwsHealth health = new AwsHealth(Source.DEFAULT, () -> now);

    @ParameterizedTest
    @EnumSource
    void shouldTellWhatConcernsEverySession(Trouble why) {
        boolean told = OF_ALL_CALLS.contains(why);
        health.attempted(new Lookup.Unavailable(why, "what is wrong"));

        assertThat(health.trouble(LOOKING, null)).isEqualTo(told ? "what is wrong" : null);
        assertThat(health.check(LOOKING, null).up()).isEqualTo(!told);
    }

    /** A fresh fleet that is to discover everything makes no other call. */
    @ParameterizedTest
    @EnumSource
    void shouldTellWhatConcernsEveryList(Trouble why) {
        boolean told = OF_ALL_CALLS.contains(why);
        health.applications(new Lookup.Unavailable(why, "of applications"));

        assertThat(health.trouble(IDLE, sweeps())).isEqualTo(told ? "of applications" : null);

        health.applications(new ApplicationListing.Page(List.of(), 0, null));
        now = now.plusSeconds(60);
        health.applications(new ApplicationListing.Page(List.of(), 0, null));
        health.sessions(new Lookup.Unavailable(why, "of sessions"));

        assertThat(health.trouble(IDLE, sweeps("app"))).isEqualTo(told ? "of sessions" : null);
    }

    /** What is not permitted is told elsewhere. */
    @Test
    void shouldTakeARefusedListForAnAnswer() {
        health.sessions(new Lookup.Unavailable(Trouble.CREDENTIALS, "expired"));
        health.sessions(new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "not permitted"));

        assertThat(health.trouble(LOOKING, sweeps("app"))).isNull();
    }

    @Test
    void shouldNotTakeAnAnswerToOneCallForTheEndOfAnothersTrouble() {
        health.sessions(new Lookup.Unavailable(Trouble.FOREIGN, "a page"));
        now = now.plusSeconds(3600);
        health.attempted(ANSWERED);
        health.applications(new ApplicationListing.Page(List.of(), 0, null));

        assertThat(health.trouble(LOOKING, sweeps("app"))).isEqualTo("a page");
    }

    /** All calls have the same credentials, but answers that cross say nothing. */
    @Test
    void shouldTakeAnAnswerToAnotherCallForTheEndOfRefusedCredentialsThatAreNotRefusedAgain() {
        health.attempted(new Lookup.Unavailable(Trouble.CREDENTIALS, "expired"));
        health.sessions(new Listing.Page(List.of(), 0, null));

        assertThat(health.trouble(LOOKING, sweeps("app"))).isEqualTo("expired");

        now = now.plusSeconds(60);
        health.sessions(new Listing.Page(List.of(), 0, null));

        assertThat(health.trouble(LOOKING, sweeps("app"))).isNull();
    }

    /** The last session was stopped, or moved: no answer will ever tell that it is over. */
    @Test
    void shouldTellNothingOfCallsThatAreNotMadeAnyMore() {
        health.attempted(new Lookup.Unavailable(Trouble.CREDENTIALS, "no lookup"));
        health.sessions(new Lookup.Unavailable(Trouble.CREDENTIALS, "no list of sessions"));
        health.applications(new Lookup.Unavailable(Trouble.CREDENTIALS, "no list of applications"));

        assertThat(health.trouble(LOOKING, sweeps("app"))).isEqualTo("no lookup");
        assertThat(health.trouble(IDLE, sweeps("app"))).isEqualTo("no list of sessions");
        assertThat(health.trouble(IDLE, sweeps())).isEqualTo("no list of applications");
        assertThat(health.trouble(IDLE, null)).isNull();
        assertThat(health.check(IDLE, null).up()).isTrue();
    }

    @Test
    void shouldNotChangeWithEveryAnswerWhereOneOfSeveralProxiesIsIll() {
        for (int i = 0; i < 100; i++) {
            health.attempted(i % 10 == 0 ? new Lookup.Unavailable(Trouble.FOREIGN, "a page") : ANSWERED);
            assertThat(health.trouble(LOOKING, null)).isEqualTo("a page");
            now = now.plusSeconds(1);
        }

        now = now.plusSeconds(60);
        health.attempted(ANSWERED);

        assertThat(health.trouble(LOOKING, null)).isNull();
    }

    /** Its next answer is far away: listings are made every five minutes, perhaps every hour. */
    @Test
    void shouldNotAwaitAThirdAnswerToACallThatIsMadeSeldom() {
        health.applications(new Lookup.Unavailable(Trouble.FOREIGN, "a page"));
        now = now.plusSeconds(30);
        health.applications(new ApplicationListing.Page(List.of(), 0, null));

        assertThat(health.trouble(IDLE, sweeps())).isEqualTo("a page");

        now = now.plusSeconds(30);

        assertThat(health.trouble(IDLE, sweeps())).isNull();
    }

    @Test
    void shouldTellOfACallThatSomebodyElseAnswersUntilItIsAnsweredByAws() {
        health.applications(new Lookup.Unavailable(Trouble.FOREIGN, "a page"));
        now = now.plusSeconds(30);
        health.applications(new ApplicationListing.Page(List.of(), 0, null));
        health.applications(new Lookup.Unavailable(Trouble.FOREIGN, "another page"));
        now = now.plusSeconds(3600);

        assertThat(health.trouble(IDLE, sweeps())).isEqualTo("another page");
    }

    @Test
    void shouldSayWhyNoCallIsMade() {
        health.attempted(new Lookup.Unavailable(Trouble.TRANSIENT, "error without a code (HTTP 502)"));

        assertThat(health.check(StatisticsSample.ofSource(true), null).detail()).contains("HTTP 502");
    }

    private static SweepStatus sweeps(String... applications) {
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        return new SweepStatus(
                1,
                1,
                null,
                null,
                Stream.of(applications)
                        .map(application -> new SweepStatus.Application(
                                ApplicationKey.parse(application),
                                SweepReason.PUBLISHED,
                                noon,
                                noon,
                                0,
                                null,
                                null,
                                null))
                        .toList());
    }
}
