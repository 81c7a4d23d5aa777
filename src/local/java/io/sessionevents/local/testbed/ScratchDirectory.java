package io.sessionevents.local.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory that is gone with its closing, and not before what runs in it has ended. */
public final class ScratchDirectory implements AutoCloseable {
    private final Path path;
    private volatile boolean kept;

    private ScratchDirectory(Path path) {
        this.path = path;
    }

    /** @param name its beginning */
    public static ScratchDirectory create(String name) throws IOException {
        return new ScratchDirectory(Files.createTempDirectory(name));
    }

    public Path path() {
        return path;
    }

    /**
     * Closes it with this process too, whatever brings that to its end, but for SIGKILL: its children are killed first. For a command
     * that has nothing else to bring to an end.
     */
    public ScratchDirectory endingWithThisProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-scratch"));
        return this;
    }

    private void end() {
        ChildProcess.killAll();
        try {
            close();
        } catch (UncheckedIOException e) {
            // What still runs in this process writes there.
            System.err.println(e.getMessage());
        }
    }

    /** Leaves it where it is, for somebody who wants to know what went wrong. */
    public void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (kept || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " could not be deleted", e);
        }
    }
}
