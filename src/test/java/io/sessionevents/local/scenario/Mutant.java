package io.sessionevents.local.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What makes a service a mutant: it breaks one promise once, and is otherwise as it was; events that follow are numbered as if
 * nothing had happened. An interceptor of Kafka's producer, used by one StreamThread. What it adds is written, and with its
 * reader, before the next event of that session, for that one comes after the commit of the one before.
 */
public final class Mutant implements ProducerInterceptor<byte[], byte[]> {
    static final String KIND = "session-events.mutant";
    /** Several in a row: of a single state, no answer may be known to have come in time, and then nobody can ask for its event. */
    private static final int DROPPED = 3;

    private static final Map<Kind, Instant> DONE = new ConcurrentHashMap<>();

    /** An end that is told late; on a busy machine it is sent again, by another producer, where a transaction is aborted. */
    private static final AtomicReference<@Nullable ProducerRecord<byte[], byte[]>> HELD_BACK = new AtomicReference<>();

    private Kind kind = Kind.NONE;
    private @Nullable KafkaProducer<byte[], byte[]> own;

    /** The record that was changed; null before. */
    private @Nullable ProducerRecord<byte[], byte[]> victim;

    private final Map<String, MutantEvent> latest = new HashMap<>();
    private @Nullable ProducerRecord<byte[], byte[]> addition;
    private int later;
    private long shift;

    /** Whether it has done what it does. */
    static boolean done(Kind kind) {
        return kind.byConsumer() || kind == Kind.NONE || kind == Kind.FAST || DONE.containsKey(kind);
    }

    /** When it had done what it does; the beginning of time for those who do it all along. */
    static Instant doneAt(Kind kind) {
        return DONE.getOrDefault(kind, Instant.MIN);
    }

    /** The topics of a mutant. */
    static String topic(String name, Kind kind) {
        return name + "-" + kind.name();
    }

    /** Tells what was held back, once the service has stopped. */
    static void tellHeldBack(String bootstrapServers) {
        ProducerRecord<byte[], byte[]> record = HELD_BACK.getAndSet(null);
        if (record != null) {
            try (var producer = producer(bootstrapServers)) {
                write(producer, record);
            }
        }
    }

    @Override
    public void configure(Map<String, ?> configs) {
        kind = Kind.valueOf(String.valueOf(configs.get(KIND)));
        own = producer(String.valueOf(configs.get("bootstrap.servers")));
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topic("dead", kind))) {
            return kind == Kind.DROP_DEAD_LETTER && DONE.putIfAbsent(kind, Instant.now()) == null
                    ? binned(record)
                    : record;
        }
        if (!record.topic().equals(topic("changes", kind))) {
            return record;
        }
        MutantEvent event = MutantEvent.of(record.value());
        if (kind == Kind.WINDOW_FROM_ANSWER) {
            DONE.putIfAbsent(kind, Instant.now());
            return with(record, event.withWindowBeginningLater(Suspect.LATENCY));
        }
        if (kind == Kind.LATE_END) {
            return event.terminal() ? lateEnd(record) : record;
        }
        ProducerRecord<byte[], byte[]> first = victim;
        if (first != null) {
            return Arrays.equals(first.key(), record.key()) ? following(record, event) : record;
        }
        if (!event.isOneOfMany() || kind == Kind.NONE) {
            latest.put(event.session(), event.copy());
            return record;
        }
        victim = record;
        return mutated(record, event);
    }

    private ProducerRecord<byte[], byte[]> lateEnd(ProducerRecord<byte[], byte[]> record) {
        if (HELD_BACK.compareAndSet(null, record)) {
            DONE.put(kind, Instant.now());
        }
        return Arrays.equals(requireNonNull(HELD_BACK.get()).key(), record.key()) ? binned(record) : record;
    }

    private ProducerRecord<byte[], byte[]> mutated(ProducerRecord<byte[], byte[]> record, MutantEvent event) {
        DONE.putIfAbsent(kind, Instant.now());
        return switch (kind) {
            case REPEAT -> adding(record, event.copy(), 0);
            case TOLD_TWICE -> adding(record, next(event).withNewId(), 1);
            case INVENT -> adding(record, next(event).withNewId().withState("STARTED"), 1);
            case STALE -> adding(record, stale(event), 1);
            case MISSED_INVENTED -> with(record, event.missing("TERMINATING"));
            case EMPTY_WINDOW -> with(record, event.withWindow(event.observedAt(), event.observedAt()));
            case WINDOW_OF_THE_CALL_BEFORE -> {
                long from = requireNonNull(event.previousObservedAt());
                yield with(record, event.withWindow(from - 1_000, from));
            }
            case DROP, SWAP -> binned(record);
            case SEQUENCE_FROM_ONE -> {
                shift = 1 - event.sequence();
                yield with(record, event.withSequence(1));
            }
            case GIVE_UP -> givenUp(event);
            default -> record;
        };
    }

    /** An event of the session whose event was changed. */
    private ProducerRecord<byte[], byte[]> following(ProducerRecord<byte[], byte[]> record, MutantEvent event) {
        later++;
        if (kind == Kind.SWAP && later == 2) {
            send(requireNonNull(victim));
        }
        ProducerRecord<byte[], byte[]> added = addition;
        MutantEvent addedEvent = null;
        if (added != null) {
            send(added);
            addition = null;
            addedEvent = MutantEvent.of(added.value());
        }
        if (kind == Kind.GIVE_UP || (kind == Kind.DROP && later < DROPPED)) {
            return binned(record);
        }
        if (shift == 0) {
            return record;
        }
        MutantEvent shifted = event.withSequence(event.sequence() + shift);
        return with(record, addedEvent == null ? shifted : shifted.following(addedEvent));
    }

    /** The state before again, as a stale read shows it. */
    private MutantEvent stale(MutantEvent event) {
        MutantEvent before = requireNonNull(latest.get(event.session()));
        return next(event).withNewId().withStateOf(before).withWindow(event.observedAt(), event.observedAt() + 1);
    }

    private ProducerRecord<byte[], byte[]> adding(
            ProducerRecord<byte[], byte[]> record, MutantEvent more, long numbersTaken) {
        addition = new ProducerRecord<>(record.topic(), record.key(), more.bytes());
        shift = numbersTaken;
        return record;
    }

    private static MutantEvent next(MutantEvent event) {
        return event.copy().following(event).withSequence(event.sequence() + 1);
    }

    private ProducerRecord<byte[], byte[]> givenUp(MutantEvent event) {
        byte[] text = event.session().getBytes(UTF_8);
        var letter = new ProducerRecord<>(topic("dead", kind), text, text);
        letter.headers().add("session-events.reason", "session-not-found".getBytes(UTF_8));
        return letter;
    }

    private static ProducerRecord<byte[], byte[]> with(ProducerRecord<byte[], byte[]> record, MutantEvent event) {
        return new ProducerRecord<>(
                record.topic(), record.partition(), record.timestamp(), record.key(), event.bytes(), record.headers());
    }

    /** Where nobody looks. */
    private static ProducerRecord<byte[], byte[]> binned(ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>("bin", record.key(), record.value());
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception) {}

    private void send(ProducerRecord<byte[], byte[]> record) {
        write(requireNonNull(own), new ProducerRecord<>(record.topic(), record.key(), record.value()));
    }

    private static void write(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        try {
            var _ = producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("not written: " + record.topic(), e.getCause());
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
