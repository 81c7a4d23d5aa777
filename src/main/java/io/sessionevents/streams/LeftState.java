package io.sessionevents.streams;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process that was killed has left in the state directory. Under exactly-once its stores are of no use, unless they are
 * transactional: they may hold what was never committed. Kafka Streams (4.4.0) finds that out when it has its tasks, throws the stores
 * away and makes the whole group rebalance ("Active tasks corrupted"); where they are gone before, it restores them from the changelog
 * and nobody notices. To be used by the one that has the lock of the directory only.
 */
record LeftState(Path directory) {
    private static final Logger log = LoggerFactory.getLogger(LeftState.class);
    private static final Pattern TASK = Pattern.compile("\\d+_\\d+");
    private static final String PROCESS_ID = "kafka-streams-process-metadata";

    /** Deletes the stores of all tasks. */
    void discardTasks() throws IOException {
        List<Path> tasks;
        try (Stream<Path> all = Files.list(directory)) {
            tasks = all.filter(
                            path -> TASK.matcher(path.getFileName().toString()).matches())
                    .toList();
        }
        for (Path task : tasks) {
            Files.walkFileTree(task, new Deletion());
        }
        if (!tasks.isEmpty()) {
            log.atInfo().log(
                    "The last process ended without a word: the stores of {} tasks are restored from Kafka",
                    tasks.size());
        }
    }

    /** Lets Kafka Streams take this process for another one: two with one id fence each other's transactions. */
    void forgetProcess() throws IOException {
        Files.deleteIfExists(directory.resolve(PROCESS_ID));
    }

    /** Of a directory and all that is in it; follows no links. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
