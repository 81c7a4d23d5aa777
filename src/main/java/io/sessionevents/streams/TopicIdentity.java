package io.sessionevents.streams;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Which of the topics of one name there is at a time: a topic that is deleted and made anew has another id, and offsets of the
 * one mean nothing in the other. Safe for use by many threads.
 */
final class TopicIdentity {
    /** What is there instead of a topic that was deleted. */
    static final Uuid NONE = Uuid.ZERO_UUID;

    /** What is known when the brokers did not say; the id of no topic. */
    static final Uuid UNSAID = Uuid.ONE_UUID;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Brokers answer in milliseconds. What takes longer may be waiting for a topic that is gone. */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(1);

    private final String topic;
    private volatile @Nullable Admin admin;

    /** The topic that a commit was about is gone. Kafka Streams gives the tasks up and gets them anew. */
    static final class GoneException extends CommitFailedException {
        private static final long serialVersionUID = 1;

        GoneException(String message) {
            super(message);
        }
    }

    TopicIdentity(String topic) {
        this.topic = topic;
    }

    /** Asks that client from now on; it belongs to somebody else. */
    void askBy(Admin client) {
        admin = client;
    }

    boolean concerns(String name) {
        return topic.equals(name);
    }

    /**
     * The id of the topic that there is, or {@link #NONE}. Blocks for a round trip to a broker.
     *
     * @param unless what is returned if the brokers do not say within three seconds
     */
    Uuid now(Uuid unless) {
        Admin client = admin;
        if (client == null) {
            return unless;
        }
        try {
            return client
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .map(TopicDescription::topicId)
                    .findFirst()
                    .orElse(NONE);
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException ? NONE : unless;
        } catch (TimeoutException | IllegalStateException e) {
            return unless;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unless;
        }
    }

    /**
     * Whether that topic is not there any more. Of a topic that is {@link #UNSAID} only that there is none counts, and where the brokers
     * do not say, it is there. Blocks for a round trip to a broker.
     */
    boolean gone(Uuid id) {
        Uuid now = now(id);
        return id.equals(UNSAID) ? now.equals(NONE) : !now.equals(id);
    }

    /**
     * Does something that blocks until a broker has taken it, which none does for a topic that is gone.
     *
     * @param id the topic that it is about
     * @throws GoneException if the topic is gone before it is done; it may be under way still
     */
    void whileThereIs(Uuid id, Runnable blocking) {
        var watch = new Watch(id, Thread.currentThread());
        Thread watcher = Thread.ofVirtual().name("topic-watch").start(watch);
        try {
            blocking.run();
        } catch (InterruptException e) {
            if (!watch.gone) {
                throw e;
            }
            throw new GoneException("topic " + topic + " was deleted");
        } finally {
            watch.end();
            watcher.interrupt();
        }
    }

    private final class Watch implements Runnable {
        private final Uuid id;
        private final Thread blocked;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile boolean gone;

        Watch(Uuid id, Thread blocked) {
            this.id = id;
            this.blocked = blocked;
        }

        @Override
        public void run() {
            try {
                while (!done.await(SUSPICIOUS.toMillis(), TimeUnit.MILLISECONDS)) {
                    if (gone(id)) {
                        interrupt();
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void interrupt() {
            if (done.getCount() > 0) {
                gone = true;
                blocked.interrupt();
            }
        }

        /** The thread that was blocked keeps no trace of the interruption. */
        synchronized void end() {
            done.countDown();
            if (gone) {
                boolean _ = Thread.interrupted();
            }
        }
    }
}
