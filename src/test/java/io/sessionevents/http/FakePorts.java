package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;

import io.sessionevents.calls.StatisticsSample;
import io.sessionevents.health.AssignedTask;
import io.sessionevents.health.Health;
import io.sessionevents.health.Health.Check;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.SessionHistories;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.session.SweptApplications;
import io.sessionevents.session.Topics;
import java.time.InstantSource;
import java.util.List;

/** A service that is half well. */
final class FakePorts {
    private static final Check WELL = new Check("well", true, "yes");
    private static final Check ILL = new Check("ill", false, "because \"of\" this");
    private static final Health HEALTH = new Health() {
        @Override
        public List<Check> live() {
            return List.of(WELL);
        }

        @Override
        public List<Check> started() {
            return List.of(WELL, WELL);
        }

        @Override
        public List<Check> ready() {
            return List.of(WELL, ILL);
        }

        @Override
        public List<Check> all() {
            return List.of();
        }
    };
    private static final Topics TOPICS = new Topics("ids", "changes", "usage", "alerts", false, "dead");

    static final SessionHistories NOTHING_TOLD = (key, since) -> new SessionHistory(key, List.of(), 0, 0, 0);

    private FakePorts() {}

    static HttpApi api(FleetSessions sessions) {
        return api(sessions, SweptApplications.NONE);
    }

    /** With the page. */
    static HttpApi apiWithPage(FleetSessions sessions, SessionHistories histories, InstantSource clock) {
        return HttpApi.withPage("1.2.3", TOPICS, ports(sessions, SweptApplications.NONE, histories), clock);
    }

    static HttpApi api(FleetSessions sessions, SweptApplications sweeps) {
        return api(sessions, sweeps, NOTHING_TOLD);
    }

    static HttpApi api(FleetSessions sessions, SweptApplications sweeps, SessionHistories histories) {
        return new HttpApi("1.2.3", TOPICS, ports(sessions, sweeps, histories));
    }

    private static HttpApi.Ports ports(FleetSessions sessions, SweptApplications sweeps, SessionHistories histories) {
        return new HttpApi.Ports(
                HEALTH,
                () -> "calls_total 7\n",
                "Topologies:\n",
                "flowchart LR\n",
                () -> StatisticsSample.statistics(false),
                () -> new InstanceInfo(
                        "1.2.3",
                        "25",
                        NOON,
                        "session-events",
                        TOPICS,
                        "",
                        "RUNNING",
                        List.of(new AssignedTask("1_3", true, List.of("requests-3")))),
                () -> sessions,
                sweeps,
                histories);
    }
}
