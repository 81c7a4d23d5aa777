package io.sessionevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A busy machine makes the build slower, not red. */
class PatienceTest {
    /** A limit of seconds on something real; {@code @Timeout} and waits of Awaitility, of futures and of processes. */
    private static final Pattern SECONDS =
            Pattern.compile("(atMost|waitFor|awaitEnd|terminate)\\((Duration\\.of|\\d+, *TimeUnit\\.)"
                    + "|succeedsWithin\\(Duration\\.of(Seconds|Millis)\\("
                    + "|TimeUnit\\.(MILLI)?SECONDS\\)\\s*void should");

    @Test
    void shouldFindNoTestThatGivesUpAfterSeconds() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                SECONDS.matcher(Files.readString(source, UTF_8))
                        .results()
                        .forEach(match -> found.add(source + ": " + match.group()));
            }
        }

        assertThat(found)
                .as("leave the limit out, or take Poll, which waits as long as anything moves")
                .isEmpty();
        assertThat("await().atMost(" + "Duration.ofSeconds(60))").containsPattern(SECONDS);
    }

    @Test
    void shouldWaitUntilTheConditionIsMet() throws Exception {
        var asked = new AtomicInteger();

        Poll.await("third time", asked::get, () -> asked.incrementAndGet() == 3);

        assertThat(asked).hasValue(3);
    }

    @Test
    void shouldGiveMoreTimeOnABusyMachineAndNeverForEver() {
        assertThat(Poll.onThisMachine(Duration.ofSeconds(20))).isBetween(Duration.ofSeconds(20), Poll.STANDSTILL);
        assertThat(Poll.onThisMachine(Duration.ofDays(1))).isEqualTo(Poll.STANDSTILL);
    }
}
