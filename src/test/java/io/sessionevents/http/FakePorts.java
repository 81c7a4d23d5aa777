package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;

import io.sessionevents.health.Health;
import io.sessionevents.health.Health.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
    private static final InstanceInfo.Topics TOPICS = new InstanceInfo.Topics("ids", "changes", "dead");

    private FakePorts() {}

    static HttpApi api(FleetSessions sessions) {
        return new HttpApi(
                "1.2.3",
                TOPICS,
                new HttpApi.Ports(
                        HEALTH,
                        () -> "calls_total 7\n",
                        "Topologies:\n",
                        "flowchart LR\n",
                        () -> new Budget(
                                9.5, 4.75, 2.5, 6, 12, 40, Map.of("idle", Duration.ofMillis(2500)), 3, 64, false, true),
                        () -> new InstanceInfo(
                                "1.2.3",
                                "25",
                                NOON,
                                "session-events",
                                TOPICS,
                                "",
                                "RUNNING",
                                List.of(new InstanceInfo.Task("1_3", true, List.of("requests-3")))),
                        () -> sessions));
    }
}
