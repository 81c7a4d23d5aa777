package io.sessionevents.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge can convict: a service that breaks one promise once is found out by what it broke, and the original is acquitted. */
class MutantsIT {
    /** Other ways to break what one of the rest breaks. */
    private static final Set<Kind> VARIANTS = EnumSet.of(
            Kind.REPEAT,
            Kind.WINDOW_FROM_ANSWER,
            Kind.WINDOW_OF_THE_CALL_BEFORE,
            Kind.EMPTY_WINDOW,
            Kind.MISSED_INVENTED,
            Kind.STALE,
            Kind.SEQUENCE_FROM_ONE,
            Kind.HEARING);

    /** All of them together would hold each other up on a busy machine. */
    private static final int AT_ONCE = 8;

    @TempDir
    private Path directory;

    private LocalEnvironment environment;

    @BeforeEach
    void start() throws Exception {
        var options = new SimulatedEmrServerless.Options(1e9, 1_000_000, Suspect.LATENCY, Faults.NONE);
        environment = LocalEnvironment.start(0, 0, directory, options);
        environment.kafka().createTopic("bin", 1, Map.of());
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void shouldFindOutAMutantOfEachPromiseAndAcquitTheOriginal() throws Exception {
        tryAll(EnumSet.complementOf(EnumSet.copyOf(VARIANTS)));
    }

    @Test
    @Tag("campaign")
    void shouldFindOutEveryOtherMutantToo() throws Exception {
        tryAll(VARIANTS);
    }

    private void tryAll(Set<Kind> kinds) throws Exception {
        Map<Kind, List<String>> examples = new ConcurrentHashMap<>();
        Map<Kind, String> broken = new ConcurrentHashMap<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> trials = new ArrayList<>();
            for (Kind kind : kinds) {
                List<String> own = Collections.synchronizedList(new ArrayList<>());
                examples.put(kind, own);
                trials.add(executor.submit(() -> broken.put(kind, tried(kind, own))));
            }
            for (Future<?> trial : trials) {
                trial.get();
            }
        }

        assertThat(broken)
                .allSatisfy((kind, findings) -> assertThat(findings)
                        .as("%s, %s", kind, examples.get(kind))
                        .isEqualTo(kind.findings()));
        assertThat(broken).hasSize(kinds.size());
    }

    private String tried(Kind kind, List<String> examples) throws Exception {
        try (var suspect = Suspect.start(environment, kind)) {
            return String.join(", ", suspect.broken(examples::add));
        } catch (IllegalStateException e) {
            return "broke off: " + e.getMessage();
        }
    }
}
