package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SweptApplicationTest {
    private static final ApplicationKey KEY = new ApplicationKey(Source.DEFAULT, "00f1app");
    private static final Instant HEARD = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant STOPPED = HEARD.plus(Duration.ofDays(3));

    /** What was discovered in it is tracked to its end, and is to be woken till then. */
    @Test
    void shouldBeSweptForAsLongAsItsSessionsCanLiveAfterATombstone() {
        var published = SweptApplication.first(KEY, SweepReason.PUBLISHED, Map.of(), HEARD);

        SweptApplication stopped = stopped(published);

        assertThat(stopped.tracked()).isFalse();
        assertThat(stopped.swept(STOPPED.plus(Duration.ofHours(24)))).isTrue();
        assertThat(stopped.swept(STOPPED.plus(Duration.ofHours(27)))).isFalse();
    }

    @Test
    void shouldNotBeSweptBecauseOfATombstoneAlone() {
        assertThat(stopped(null).swept(STOPPED)).isFalse();
    }

    /** It is noted once an hour that a session of it is tracked, and that only after a task has forgotten that it was, once an hour. */
    @Test
    void shouldBeSweptForASessionThatWasNotedLate() {
        var noted = SweptApplication.first(KEY, SweepReason.SESSION, Map.of(), HEARD);
        Instant lastUnnoted = HEARD.plus(Duration.ofMinutes(119));

        assertThat(noted.swept(lastUnnoted.plus(Duration.ofHours(24)))).isTrue();
    }

    private static SweptApplication stopped(@Nullable SweptApplication kept) {
        return SweptApplication.after(kept, new Request.StopApplication(KEY), STOPPED);
    }
}
