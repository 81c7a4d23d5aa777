package io.sessionevents.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.ServiceProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier can fail: a service that drops, repeats, swaps or invents one single event is found out. */
class MutantsIT {
    private static final long SEED = 42;

    @TempDir
    private Path directory;

    @Test
    void shouldFindOutEveryMutantAndAcquitTheOriginal() throws Exception {
        Path home = mutated(ServiceProcess.builtDistribution());
        Map<Mutant.Kind, Verdict> verdicts = verdicts(home);

        assertThat(verdicts).hasEntrySatisfying(Mutant.Kind.NONE, original -> {
            assertThat(original.problems()).isEmpty();
            assertThat(original.kept()).isTrue();
            assertThat(original.observable()).isGreaterThan(10);
        });
        assertThat(verdicts)
                .hasEntrySatisfying(
                        Mutant.Kind.DROP,
                        verdict -> assertThat(verdict.findings().outOfOrder()).isPositive());
        assertThat(verdicts)
                .hasEntrySatisfying(
                        Mutant.Kind.REPEAT,
                        verdict -> assertThat(verdict.findings().duplicated()).isEqualTo(1));
        assertThat(verdicts)
                .hasEntrySatisfying(
                        Mutant.Kind.SWAP,
                        verdict -> assertThat(verdict.findings().outOfOrder()).isPositive());
        assertThat(verdicts)
                .hasEntrySatisfying(
                        Mutant.Kind.INVENT,
                        verdict -> assertThat(verdict.findings().invented()).isEqualTo(1));
        assertThat(verdicts)
                .allSatisfy((kind, verdict) ->
                        assertThat(verdict.kept()).as(kind + " acquitted").isEqualTo(kind == Mutant.Kind.NONE));
    }

    private Map<Mutant.Kind, Verdict> verdicts(Path home) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Mutant.Kind, Future<Verdict>> futures = new EnumMap<>(Mutant.Kind.class);
            for (Mutant.Kind kind : Mutant.Kind.values()) {
                Path own = Files.createDirectories(directory.resolve(kind.name()));
                futures.put(
                        kind, executor.submit(() -> new Trial(scenario(kind, home), text -> {}).run(own, "", SEED)));
            }
            Map<Mutant.Kind, Verdict> verdicts = new EnumMap<>(Mutant.Kind.class);
            for (Map.Entry<Mutant.Kind, Future<Verdict>> future : futures.entrySet()) {
                verdicts.put(future.getKey(), future.getValue().get());
            }
            return verdicts;
        }
    }

    private static Scenario scenario(Mutant.Kind kind, Path home) {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.producer.interceptor.classes", Mutant.class.getName());
        settings.put("kafka.producer." + Mutant.KIND, kind.name());
        return Scenario.one(
                "mutant: " + kind, 1, World.Setting.ALONE.with(settings), home, SurroundingFaults.Nothing::new);
    }

    /** The distribution with one jar more. */
    private Path mutated(Path home) throws IOException {
        Path copy = directory.resolve("distribution");
        Path lib = Files.createDirectories(copy.resolve("lib"));
        Files.createDirectories(copy.resolve("bin"));
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            for (Path jar : (Iterable<Path>) jars::iterator) {
                Files.createLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        Files.copy(home.resolve("bin/session-events"), copy.resolve("bin/session-events"));
        assertThat(copy.resolve("bin/session-events").toFile().setExecutable(true))
                .isTrue();
        try (OutputStream file = Files.newOutputStream(lib.resolve("mutant.jar"));
                var jar = new JarOutputStream(file)) {
            for (Class<?> type : List.of(Mutant.class, Mutant.Kind.class)) {
                add(jar, type.getName().replace('.', '/') + ".class");
            }
            // The switch over the kinds.
            add(jar, Mutant.class.getName().replace('.', '/') + "$1.class");
        }
        return copy;
    }

    private static void add(JarOutputStream jar, String name) throws IOException {
        try (var source = MutantsIT.class.getClassLoader().getResourceAsStream(name)) {
            if (source != null) {
                jar.putNextEntry(new JarEntry(name));
                source.transferTo(jar);
            }
        }
    }
}
