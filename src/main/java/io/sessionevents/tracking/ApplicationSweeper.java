package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.CommitWatch;
import io.sessionevents.calls.SweepCalls;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.SweptApplication;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps the applications of the sources of one task. Each source is one task's alone, which so has the whole of its list budgets. What a
 * sweep finds becomes requests to sessions; what it does not find is written nowhere. Owned by the StreamThread, which never waits for AWS.
 */
final class ApplicationSweeper implements Processor<String, Request.OfApplication, String, Outgoing>, SweepOutput {
    private static final Logger log = LoggerFactory.getLogger(ApplicationSweeper.class);

    private static final Duration WORK_INTERVAL = Duration.ofMillis(25);

    private final SweepCalls calls;
    private final TrackingListener listener;
    private final InstantSource clock;
    private final CommitWatch watch;
    private final Map<String, SourceSweeper> sweepers = new TreeMap<>();
    private @Nullable ProcessorContext<String, Outgoing> context;
    private @Nullable KeyValueStore<ApplicationKey, SweptApplication> store;
    private @Nullable PacedCommits commits;
    private @Nullable Recurrence work;

    ApplicationSweeper(SweepCalls calls, TrackingListener listener, InstantSource clock, CommitWatch watch) {
        this.calls = calls;
        this.listener = listener;
        this.clock = clock;
        this.watch = watch;
    }

    /** The partition of the topic of requests whose task sweeps that source: the one that its requests go to. */
    static int partition(String source) {
        return BuiltInPartitioner.partitionForKey(source.getBytes(UTF_8), TrackingTopology.SWEEP_PARTITIONS);
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> processorContext) {
        close();
        context = processorContext;
        store = processorContext.getStateStore(TrackingTopology.SWEPT);
        commits = new PacedCommits(processorContext, watch);
        try {
            calls.sources().stream()
                    .filter(source ->
                            partition(source) == processorContext.taskId().partition())
                    .forEach(this::open);
        } catch (RuntimeException | Error e) {
            // A desk left open would keep its budget, and wait for a thread that is gone.
            close();
            throw e;
        }
        if (!sweepers.isEmpty()) {
            work = new Recurrence(processorContext, WORK_INTERVAL, watch, this::work);
        }
    }

    private void open(String source) {
        List<SweptApplication> kept = new ArrayList<>();
        try (KeyValueIterator<ApplicationKey, SweptApplication> all = store().all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.source().equals(source)) {
                    kept.add(entry.value);
                }
            });
        }
        sweepers.put(source, new SourceSweeper(source, calls.open(source), kept, this, listener));
        log.atInfo()
                .addKeyValue("source", source)
                .addKeyValue("applications", kept.size())
                .log("Sweeps of the source are made here");
    }

    @Override
    public void process(Record<String, Request.OfApplication> asked) {
        SourceSweeper sweeper = sweepers.get(asked.key());
        switch (asked.value()) {
            case null ->
                log.atWarn().addKeyValue("source", asked.key()).log("A request without a value asks for nothing");
            case Request.OfApplication request when sweeper == null -> keepForLater(request);
            case Request.OfApplication request -> sweeper.handle(request, clock.instant());
        }
        requireNonNull(commits).requestInPassing();
    }

    /** Sweeps of the source may be switched on yet, or the source be configured again. */
    private void keepForLater(Request.OfApplication request) {
        SweptApplication kept = store().get(request.key());
        SweptApplication next = SweptApplication.after(kept, request, clock.instant());
        if (next.equals(kept)) {
            return;
        }
        keep(next);
        if (next.tracked()) {
            log.atWarn()
                    .addKeyValue("application", request.key())
                    .log(
                            "The application was published, and is not swept: budget.list-sessions of its source is 0, or the source is not configured");
        }
    }

    private void work() {
        sweepers.values().forEach(sweeper -> sweeper.work(clock.instant()));
    }

    @Override
    public void keep(SweptApplication application) {
        store().put(application.key(), application);
        requireNonNull(commits).requestInPassing();
    }

    @Override
    public void drop(ApplicationKey key) {
        var _ = store().delete(key);
        requireNonNull(commits).requestInPassing();
    }

    @Override
    public void request(Request.OfSession request) {
        forward(request.key().source(), new Outgoing.ForSession(request));
    }

    @Override
    public void giveUp(ApplicationKey key, DeadLetterReason reason, String message) {
        byte[] text = key.toString().getBytes(UTF_8);
        var letter = new Outgoing.DeadLetter(text, text);
        context()
                .forward(new Record<>(
                        key.source(),
                        letter,
                        clock.instant().toEpochMilli(),
                        DeadLetterHeaders.ofLookup(reason, message)));
        requireNonNull(commits).request();
        listener.deadLettered(reason);
    }

    private void forward(String source, Outgoing out) {
        context().forward(new Record<>(source, out, clock.instant().toEpochMilli()));
        requireNonNull(commits).request();
    }

    /** A task that is revived keeps this object, and the punctuations that nobody has cancelled. */
    @Override
    public void close() {
        if (work != null) {
            work.close();
            work = null;
        }
        if (commits != null) {
            commits.close();
            commits = null;
        }
        sweepers.values().forEach(SourceSweeper::close);
        sweepers.clear();
    }

    private ProcessorContext<String, Outgoing> context() {
        return requireNonNull(context);
    }

    private KeyValueStore<ApplicationKey, SweptApplication> store() {
        return requireNonNull(store);
    }
}
