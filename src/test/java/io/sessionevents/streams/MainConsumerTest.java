package io.sessionevents.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.errors.TopologyException;
import org.junit.jupiter.api.Test;

class MainConsumerTest {
    @Test
    void shouldPassOnThatTasksHaveMigrated() {
        var migrated = new TaskMigratedException("a commit found its topic gone", new KafkaException("gone"));

        assertThat(MainConsumer.meant(
                        new KafkaException("User rebalance callback throws an error", migrated),
                        MainConsumerTest::notAsked))
                .isSameAs(migrated);
    }

    @Test
    void shouldTakeAnUnknownTopicForMigratedTasksWhileThereIsNone() {
        var unknown = new TopologyException("Topic session-ids is unknown to the topology.");

        assertThat(MainConsumer.meant(unknown, () -> true))
                .isInstanceOf(TaskMigratedException.class)
                .hasCause(unknown);
    }

    @Test
    void shouldLeaveAnUnknownTopicThatIsThere() {
        var unknown = new TopologyException("Topic session-ids is unknown to the topology.");

        assertThat(MainConsumer.meant(unknown, () -> false)).isSameAs(unknown);
    }

    @Test
    void shouldLeaveEverythingElse() {
        var refused = new AuthorizationException("not allowed");
        var wrapped = new KafkaException("User rebalance callback throws an error", new IllegalStateException("a bug"));

        assertThat(MainConsumer.meant(refused, MainConsumerTest::notAsked)).isSameAs(refused);
        assertThat(MainConsumer.meant(wrapped, MainConsumerTest::notAsked)).isSameAs(wrapped);
    }

    private static boolean notAsked() {
        return fail("the brokers were asked");
    }
}
