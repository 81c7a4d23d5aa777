package io.sessionevents.streams;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name by which the consumer group knows this instance: drawn at the first start, kept in the state directory, and
 * locked for as long as the process lives. So the process that is back after a {@code kill -9} is taken for the one that was
 * killed and has its tasks at once, while the group need not wait for its session to time out.
 *
 * <p>The name only makes a restart quicker, so nothing about its file keeps the service from starting: what is no name is
 * replaced, and where none can be kept or locked, there is none. The file is kept for an instance without a name of its own
 * too, for it also tells whether the last process ended gracefully: what one that was killed has left in the stores is
 * {@linkplain LeftState of no use}.
 */
public final class InstanceName implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InstanceName.class);
    private static final String FILE = "instance-name";
    private static final String LOCK = "instance-name.lock";

    /** Where nothing tells machines apart, this one is taken for the same as before. */
    private static final String UNKNOWN_MACHINE = "unknown";

    /** So that name and random part fit into what Kafka takes. */
    private static final int LONGEST_PREFIX = 200;

    private static final InstanceName NONE = new InstanceName(null, null, null, false);

    private final @Nullable String name;
    private final @Nullable NameFile file;
    private final @Nullable FileChannel lock;
    private final boolean predecessorMayLive;

    private InstanceName(
            @Nullable String name, @Nullable NameFile file, @Nullable FileChannel lock, boolean predecessorMayLive) {
        this.name = name;
        this.file = file;
        this.lock = lock;
        this.predecessorMayLive = predecessorMayLive;
    }

    /** Where a name is drawn and a process finds out where it runs. */
    record Sources(Supplier<String> random, String machine) {}

    /**
     * What is kept in the state directory, locked and put into use.
     *
     * @param settings of Kafka Streams; they have the name afterwards, if the instance is to have one of its own
     */
    public static InstanceName of(InstanceNaming naming, Properties settings) {
        InstanceName kept = take(
                StreamsSettings.applicationDirectory(settings),
                settings.getProperty(StreamsConfig.APPLICATION_ID_CONFIG),
                new Sources(Machine::randomName, Machine.id()),
                StreamsSettings.transactionalStores(settings));
        if (kept.name() != null && StreamsSettings.wantsOwnName(naming, settings)) {
            log.atInfo().log("The consumer group knows this instance as {}", kept.name());
            settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), kept.name());
        }
        return kept;
    }

    /**
     * Takes the name that is kept in that directory, or a new one.
     *
     * @param directory of this application, below {@code state.dir}; created where it is missing
     * @param prefix of a new name: the application id
     * @param transactional whether the stores that a killed process has left hold nothing uncommitted
     */
    static InstanceName take(Path directory, String prefix, Sources sources, boolean transactional) {
        FileChannel lock = null;
        try {
            Files.createDirectories(directory);
            lock = lock(directory.resolve(LOCK));
            if (lock == null) {
                log.atWarn()
                        .log(
                                "Another process uses the state directory {}: this one has no name in its group. Set kafka.state.dir",
                                directory);
                return NONE;
            }
            return take(directory, prefix, sources, transactional, lock);
        } catch (IOException e) {
            log.atWarn()
                    .log("No name can be kept in {}: this instance has none in its group: {}", directory, e.toString());
            close(lock);
            return NONE;
        }
    }

    private static InstanceName take(
            Path directory, String prefix, Sources sources, boolean transactional, FileChannel lock)
            throws IOException {
        var file = new NameFile(directory.resolve(FILE));
        NameFile.Content content = file.read();
        String name = name(content, file, prefix, sources);
        var left = new LeftState(directory);
        if (content instanceof NameFile.Content.Copied) {
            left.forgetProcess();
        }
        if (!holder(content).isEmpty() && !transactional) {
            left.discardTasks();
        }
        file.write(name, sources.machine().isEmpty() ? UNKNOWN_MACHINE : sources.machine());
        return new InstanceName(name, file, lock, heldElsewhere(content, sources.machine()));
    }

    private static String name(NameFile.Content content, NameFile file, String prefix, Sources sources) {
        return switch (content) {
            case NameFile.Content.Kept kept -> kept.name();
            case NameFile.Content.None none -> draw(prefix, sources);
            case NameFile.Content.Copied copied -> {
                String name = draw(prefix, sources);
                log.atWarn()
                        .log(
                                "{} was copied from the instance {} or restored, so this one is called {}",
                                file.path(),
                                copied.name(),
                                name);
                yield name;
            }
            case NameFile.Content.Unusable unusable -> {
                String name = draw(prefix, sources);
                log.atWarn().log("{} holds no name, {}: this instance is called {}", file.path(), unusable.why(), name);
                yield name;
            }
        };
    }

    private static String draw(String prefix, Sources sources) {
        return prefix.substring(0, Math.min(prefix.length(), LONGEST_PREFIX)) + "-"
                + sources.random().get();
    }

    /** Where the last process ran if it ended without a word; empty if it did not. */
    private static String holder(NameFile.Content content) {
        return switch (content) {
            case NameFile.Content.Kept kept -> kept.holder();
            case NameFile.Content.Copied copied -> copied.holder();
            case NameFile.Content.None none -> "";
            case NameFile.Content.Unusable unusable -> "";
        };
    }

    /** The lock tells only of processes of the machine that it is on. */
    private static boolean heldElsewhere(NameFile.Content content, String machine) {
        return content instanceof NameFile.Content.Kept kept
                && !List.of("", UNKNOWN_MACHINE, machine).contains(kept.holder());
    }

    /** The lock; null if another process, or another service in this one, has it. It is gone with the process. */
    private static @Nullable FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, CREATE, WRITE);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            log.atDebug().setCause(e).log("Locked by this process");
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /** The name; null if there is none. */
    @Nullable
    String name() {
        return name;
    }

    /**
     * Whether a process that had this name on another machine may still be alive: it ended without a word, or it is frozen
     * or cut off.
     */
    public boolean predecessorMayLive() {
        return predecessorMayLive;
    }

    /** Notes that the process has ended gracefully: its stores are whole, and its name may move to another machine at once. */
    public void ended() {
        if (name != null && file != null && Files.exists(file.path())) {
            try {
                file.write(name, "");
            } catch (IOException e) {
                log.atDebug().setCause(e).log("The name's file stays as it is");
            }
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        close(lock);
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                log.atDebug().setCause(e).log("Lock not closed");
            }
        }
    }
}
