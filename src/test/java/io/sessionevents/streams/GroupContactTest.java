package io.sessionevents.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class GroupContactTest {
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(20);
    private static final long STEP = Duration.ofMillis(200).toNanos();
    private static final String THREAD = "app-StreamThread-1";

    private final Map<MetricName, Metric> all = new HashMap<>();
    private int searches;
    private long now;
    private long lease;
    private final GroupContact contact = new GroupContact(
            () -> {
                searches++;
                return Map.copyOf(all);
            },
            () -> Set.of(THREAD),
            until -> lease = until,
            SESSION_TIMEOUT,
            new PollWatch(Duration.ofMinutes(5)),
            () -> now);

    /** A value of Kafka's, which goes on counting for whoever has it. */
    private static final class Counter implements Metric {
        private final MetricName name;
        private double value;

        private Counter(MetricName name) {
            this.name = name;
        }

        @Override
        public MetricName metricName() {
            return name;
        }

        @Override
        public Object metricValue() {
            return value;
        }
    }

    /** The metrics of one consumer and its StreamThread. */
    private final class Client {
        private final Counter answered =
                counter("heartbeat-total", "consumer-coordinator-metrics", "client-id", THREAD + "-consumer");
        private final Counter sinceSent = counter(
                "last-heartbeat-seconds-ago", "consumer-coordinator-metrics", "client-id", THREAD + "-consumer");
        private final Counter polls = counter("poll-total", "stream-thread-metrics", "thread-id", THREAD);

        private Client() {
            sinceSent.value = -1;
        }

        private Counter counter(String name, String group, String tag, String value) {
            var counter = new Counter(new MetricName(name, group, "", Map.of(tag, value)));
            all.put(counter.metricName(), counter);
            return counter;
        }

        private void beat() {
            answered.value++;
            sinceSent.value = 0;
        }
    }

    @Test
    void shouldSearchAgainAndAgainUntilMembershipIsProven() {
        observe(new Client(), 5);

        assertThat(searches).isEqualTo(5);
    }

    @Test
    void shouldLookThroughAllMetricsOnlyNowAndThenOnceProven() {
        var client = new Client();
        prove(client);
        searches = 0;

        for (int second = 0; second < 60; second++) {
            client.beat();
            observe(client, 5);
        }

        assertThat(inContact()).isTrue();
        assertThat(searches).isLessThanOrEqualTo(12);
    }

    /** What the kept metrics say goes on to count: the lease follows without a search. */
    @Test
    void shouldRenewTheLeaseFromWhatIsKept() {
        var client = new Client();
        prove(client);
        long before = lease;
        searches = 0;

        client.beat();
        observe(client, 5);
        client.beat();
        observe(client, 5);

        assertThat(searches).isZero();
        assertThat(lease).isGreaterThan(before);
    }

    /** Its heartbeats were not watched: when the one that counted was sent is not known. */
    @Test
    void shouldNotTakeTheHeartbeatsOfAClientForThoseOfTheOneBeforeIt() {
        prove(new Client());
        long before = lease;
        var next = new Client();
        for (int beats = 0; beats < 9; beats++) {
            next.beat();
        }
        observe(next, 30);

        assertThat(lease).isLessThanOrEqualTo(Math.max(before, now));
        next.beat();
        observe(next, 30);
        assertThat(lease).isLessThanOrEqualTo(Math.max(before, now));
    }

    @Test
    void shouldEndTheLeaseOfAStreamThreadThatIsGone() {
        prove(new Client());
        all.clear();

        observe(new Client(), 26);

        assertThat(inContact()).isFalse();
    }

    private void prove(Client client) {
        observe(client, 1);
        client.beat();
        observe(client, 5);
        assertThat(inContact()).isTrue();
    }

    private boolean inContact() {
        return lease > now;
    }

    /** The StreamThread polls all the while. */
    private void observe(Client client, int times) {
        for (int i = 0; i < times; i++) {
            now += STEP;
            client.polls.value++;
            contact.observe();
        }
    }
}
