package io.sessionevents.avro;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageSample;
import io.sessionevents.session.UsageStatus;
import io.sessionevents.v1.FinalState;
import io.sessionevents.v1.SessionUsage;
import io.sessionevents.v1.UsageAmounts;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UsageEventsTest {
    static {
        AvroSafety.apply();
    }

    private static final SessionKey KEY = new SessionKey("prod-eu", "00g92n5o091bas09", "00g92n6fhqd4qb09");

    @Test
    void shouldTellEverything() throws IOException {
        UsageRecord usage = UsageSample.record(KEY, Map.of("cost", "42"), Map.of("team", "blue"));

        SessionUsage event = written(UsageEvents.event(usage));

        assertThat(event)
                .isEqualTo(SessionUsage.newBuilder()
                        .setUsageId(usage.usageId())
                        .setRevision(2)
                        .setStatus(io.sessionevents.v1.UsageStatus.CORRECTED)
                        .setSettledAt(UsageSample.END.plusSeconds(3600))
                        .setUnchangedSince(UsageSample.END)
                        .setLooks(7)
                        .setApplicationId("00g92n5o091bas09")
                        .setSessionId("00g92n6fhqd4qb09")
                        .setSource("prod-eu")
                        .setAccountId("123456789012")
                        .setRegion("us-east-1")
                        .setArn(usage.identity().arn())
                        .setName("notebook")
                        .setCreatedBy("arn:user")
                        .setExecutionRoleArn("arn:role")
                        .setReleaseLabel("emr-7.13.0")
                        .setTags(Map.of("cost", "42"))
                        .setLabels(Map.of("team", "blue"))
                        .setFinalState(FinalState.FAILED)
                        .setStartedAt(SessionSample.START)
                        .setEndedAt(UsageSample.END)
                        .setBilled(new UsageAmounts(0.1, "0.1", 1e-7, "1E-7", 12.0, "12.000"))
                        .setTotal(new UsageAmounts(7.0, "7", null, null, null, null))
                        .setBilledDelta(new UsageAmounts(-0.9, "-0.9", 1e-7, "1E-7", null, null))
                        .setTotalExecutionDurationSeconds(59L)
                        .setTerminalEventId(usage.terminalEventId())
                        .build());
    }

    @Test
    void shouldLeaveNullWhatNobodyKnows() throws IOException {
        SessionUsage event = written(UsageEvents.event(UsageSample.withoutNumbers(KEY)));

        assertThat(event.getFinalState()).isEqualTo(FinalState.TERMINATED);
        for (String field : new String[] {
            "unchangedSince",
            "accountId",
            "region",
            "name",
            "tags",
            "billed",
            "total",
            "billedDelta",
            "totalExecutionDurationSeconds"
        }) {
            assertThat(event.get(requireNonNull(SessionUsage.getClassSchema().getField(field))
                            .pos()))
                    .as(field)
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(UsageStatus.class)
    void shouldNameEveryStatus(UsageStatus status) {
        assertThat(io.sessionevents.v1.UsageStatus.valueOf(status.name())).hasToString(status.name());
    }

    private static SessionUsage written(SessionUsage event) throws IOException {
        return SessionUsage.getDecoder().decode(SessionUsage.getEncoder().encode(event));
    }
}
