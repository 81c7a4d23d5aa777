package io.sessionevents.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceNameTest {
    private static final String HERE = "machine-1";
    private static final String PROCESS_ID = "kafka-streams-process-metadata";

    private final AtomicInteger drawn = new AtomicInteger();

    @TempDir
    private Path stateDirectory;

    @Test
    void shouldKeepTheNameAndTheStoresOverAGracefulStop() throws IOException {
        try (InstanceName first = take(stateDirectory)) {
            assertThat(first.name()).isEqualTo("billing-1");
            first.ended();
        }
        Files.createDirectories(stateDirectory.resolve("1_3/rocksdb"));

        try (InstanceName again = take(stateDirectory)) {
            assertThat(again.name()).isEqualTo("billing-1");
            assertThat(again.predecessorMayLive()).isFalse();
            assertThat(stateDirectory.resolve("1_3/rocksdb")).exists();
        }
    }

    @Test
    void shouldKeepTheNameButNotTheStoresAfterAKill() throws IOException {
        take(stateDirectory).close();
        Files.createDirectories(stateDirectory.resolve("0_11/rocksdb/waiting-input"));
        Files.writeString(stateDirectory.resolve("0_11/rocksdb/waiting-input/000004.sst"), "uncommitted");
        Path outside = Files.createDirectories(stateDirectory.resolve("outside"));
        Files.createSymbolicLink(stateDirectory.resolve("0_11/link"), outside);
        Files.writeString(stateDirectory.resolve(PROCESS_ID), "{\"processId\":\"1\"}");

        try (InstanceName again = take(stateDirectory)) {
            assertThat(again.name()).isEqualTo("billing-1");
            assertThat(again.predecessorMayLive()).isFalse();
            assertThat(stateDirectory.resolve("0_11")).doesNotExist();
            assertThat(stateDirectory.resolve(PROCESS_ID)).exists();
            assertThat(outside).exists();
        }
    }

    @Test
    void shouldKeepStoresOfWhichNothingIsKnown() throws IOException {
        Path ofAnOlderVersion = Files.createDirectories(stateDirectory.resolve("1_3/rocksdb"));

        try (InstanceName _ = take(stateDirectory)) {
            assertThat(ofAnOlderVersion).exists();
        }
    }

    @Test
    void shouldNotSuspectAnybodyWhereNothingTellsMachinesApart() throws IOException {
        var nowhere = new InstanceName.Sources(() -> "1", "");
        InstanceName.take(stateDirectory, "billing", nowhere, false).close();
        Files.createDirectories(stateDirectory.resolve("1_3"));

        try (InstanceName again = InstanceName.take(stateDirectory, "billing", nowhere, false)) {
            assertThat(again.predecessorMayLive()).isFalse();
            assertThat(stateDirectory.resolve("1_3")).doesNotExist();
        }
    }

    @Test
    void shouldMakeTheDirectoryAndLeaveNothingElseInIt() throws IOException {
        Path missing = stateDirectory.resolve("a/b");

        try (InstanceName first = take(missing);
                var files = Files.list(missing)) {
            assertThat(first.name()).isNotNull();
            assertThat(files)
                    .map(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("instance-name", "instance-name.lock");
        }
    }

    @Test
    void shouldKnowACopyAndLetItHaveAnotherNameAndProcess(@TempDir Path other) throws IOException {
        try (InstanceName original = take(stateDirectory)) {
            Files.writeString(stateDirectory.resolve(PROCESS_ID), "{\"processId\":\"1\"}");
            copy(stateDirectory, other);

            try (InstanceName copy = take(other)) {
                assertThat(copy.name()).isEqualTo("billing-2").isNotEqualTo(original.name());
                assertThat(other.resolve(PROCESS_ID)).doesNotExist();
                assertThat(stateDirectory.resolve(PROCESS_ID)).exists();
            }
            try (InstanceName again = take(other)) {
                assertThat(again.name()).isEqualTo("billing-2");
            }
        }
    }

    @Test
    void shouldKeepTheNameWhenTheDirectoryIsMoved() throws IOException {
        Path before = stateDirectory.resolve("before");
        take(before).close();
        Path after = Files.move(before, stateDirectory.resolve("after"), StandardCopyOption.ATOMIC_MOVE);

        try (InstanceName moved = take(after)) {
            assertThat(moved.name()).isEqualTo("billing-1");
        }
    }

    @Test
    void shouldSuspectAPredecessorOnAnotherMachineThatEndedWithoutAWord() throws IOException {
        take(stateDirectory).close();
        relocate(stateDirectory, "machine-2");

        try (InstanceName moved = take(stateDirectory)) {
            assertThat(moved.name()).isEqualTo("billing-1");
            assertThat(moved.predecessorMayLive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name=",
                "name=billing-9",
                "name=billing-9\nholder=\nplace=",
                "name=billing/9\nholder=\nplace=1 1\nend\n",
                "name=\nholder=\nplace=1 1\nend\n",
                "name=billing-9\nholder=\nplace=1 1\nend\nmore",
                "\u0000\u0000\u0000\u0000",
                "\u00ff\u00fe garbage"
            })
    void shouldReplaceWhatIsNoName(String garbage) throws IOException {
        Files.writeString(file(stateDirectory), garbage);

        try (InstanceName fresh = take(stateDirectory)) {
            assertThat(fresh.name()).isEqualTo("billing-1");
        }
        try (InstanceName again = take(stateDirectory)) {
            assertThat(again.name()).isEqualTo("billing-1");
        }
    }

    @Test
    void shouldReplaceAFileThatIsFarTooLarge() throws IOException {
        Files.write(file(stateDirectory), new byte[1 << 20]);

        try (InstanceName fresh = take(stateDirectory)) {
            assertThat(fresh.name()).isEqualTo("billing-1");
        }
    }

    @Test
    void shouldReplaceEveryFileThatWasCutOff() throws IOException {
        take(stateDirectory).close();
        byte[] whole = Files.readAllBytes(file(stateDirectory));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(stateDirectory), java.util.Arrays.copyOf(whole, length));

            assertThat(new NameFile(file(stateDirectory)).read()).isInstanceOf(NameFile.Content.Unusable.class);
        }
    }

    @Test
    void shouldDoWithoutANameWhereTheFileCannotBeReplaced() throws IOException {
        Files.createDirectories(file(stateDirectory).resolve("something"));

        try (InstanceName none = take(stateDirectory)) {
            assertThat(none.name()).isNull();
        }
        Files.delete(file(stateDirectory).resolve("something"));
        Files.delete(file(stateDirectory));
        try (InstanceName fresh = take(stateDirectory)) {
            assertThat(fresh.name()).as("the lock was given back").isNotNull();
        }
    }

    @Test
    void shouldDoWithoutANameWhereTheDirectoryIsNone() throws IOException {
        Path file = Files.writeString(stateDirectory.resolve("file"), "");

        try (InstanceName none = take(file)) {
            assertThat(none.name()).isNull();
        }
    }

    @Test
    void shouldDoWithoutANameWhereAnotherServiceHasIt() {
        try (InstanceName first = take(stateDirectory);
                InstanceName second = take(stateDirectory)) {
            assertThat(first.name()).isEqualTo("billing-1");
            assertThat(second.name()).isNull();
        }
    }

    @Test
    void shouldNotBringBackADirectoryThatWasDeleted() throws IOException {
        Path directory = stateDirectory.resolve("deleted");
        InstanceName name = take(directory);
        Files.delete(file(directory));
        Files.delete(directory.resolve("instance-name.lock"));
        Files.delete(directory);

        name.ended();
        name.close();

        assertThat(directory).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDiscardTheStoresOfAKilledProcessUnlessTheyAreTransactional(boolean transactional) throws IOException {
        take(stateDirectory).close();
        relocate(stateDirectory, HERE);
        Path store = Files.createDirectories(stateDirectory.resolve("1_0/rocksdb"));

        take(stateDirectory, transactional).close();

        assertThat(Files.exists(store)).isEqualTo(transactional);
    }

    @Test
    void shouldDrawLegalNamesForEveryApplicationId() {
        var sources = new InstanceName.Sources(Machine::randomName, HERE);
        try (InstanceName name = InstanceName.take(stateDirectory, "a".repeat(249), sources, false)) {
            assertThat(name.name()).matches("[a-zA-Z0-9._-]{1,240}");
        }
    }

    private InstanceName take(Path directory) {
        return take(directory, false);
    }

    private InstanceName take(Path directory, boolean transactional) {
        return InstanceName.take(
                directory,
                "billing",
                new InstanceName.Sources(() -> "" + drawn.incrementAndGet(), HERE),
                transactional);
    }

    private static Path file(Path directory) {
        return directory.resolve("instance-name");
    }

    /** As a process on that machine leaves it when it is killed. */
    private static void relocate(Path directory, String machine) throws IOException {
        new NameFile(file(directory)).write("billing-1", machine);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
