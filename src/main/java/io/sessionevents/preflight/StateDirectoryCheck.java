package io.sessionevents.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether the state directory can be made and written to and has room. An instance that finds out only when it has its
 * tasks holds up its whole group.
 */
public record StateDirectoryCheck(Path directory, long neededBytes) implements PreflightCheck {
    /** Write buffers and logs of a dozen stores that hold little. */
    private static final long NEEDED_BYTES = 64L * 1024 * 1024;

    private static final String NAME = "state directory";
    private static final String FIX = "See to its file system, or set kafka.state.dir.";

    /** With the room that the service needs. */
    public StateDirectoryCheck(Path directory) {
        this(directory, NEEDED_BYTES);
    }

    @Override
    public List<CheckOutcome> outcomes() {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "check", ".tmp"));
            long free = Files.getFileStore(directory).getUsableSpace();
            return List.of(
                    free >= neededBytes
                            ? CheckOutcome.ok(NAME, directory.toAbsolutePath() + " has " + (free >> 20) + " MiB free")
                            : CheckOutcome.of(NAME, tooLittle(free)));
        } catch (IOException e) {
            return List.of(CheckOutcome.of(
                    NAME,
                    Finding.stops(
                            "The state directory " + directory.toAbsolutePath() + " cannot be written to: " + e + ".",
                            FIX)));
        }
    }

    private Finding tooLittle(long free) {
        return Finding.mayPass(
                "The state directory %s has %d MiB free, at least %d are needed."
                        .formatted(directory.toAbsolutePath(), free >> 20, neededBytes >> 20),
                FIX);
    }
}
