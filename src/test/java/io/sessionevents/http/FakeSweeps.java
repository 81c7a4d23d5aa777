package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.SweepStatus;
import io.sessionevents.session.SweptApplications;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sweeps of the sources of these applications. */
final class FakeSweeps {
    private FakeSweeps() {}

    static SweptApplications of(SweepStatus.Application... applications) {
        Map<String, SweepStatus> own = Arrays.stream(applications)
                .collect(Collectors.groupingBy(
                        application -> application.key().source(),
                        Collectors.collectingAndThen(
                                Collectors.toList(), some -> new SweepStatus(0.95, 0.5, null, null, some))));
        return () -> own;
    }

    static SweepStatus.Application swept(String key, @Nullable Instant sweptAt) {
        return new SweepStatus.Application(
                ApplicationKey.parse(key), SweepReason.PUBLISHED, NOON, NOON, 3, sweptAt, sweptAt, null);
    }
}
