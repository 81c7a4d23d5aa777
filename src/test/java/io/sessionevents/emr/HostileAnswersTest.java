package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.local.simulator.HostileAnswer;
import io.sessionevents.local.simulator.HostileAnswers;
import io.sessionevents.session.Lookup;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever is answered: what is honest counts, and nothing else says anything about the session. */
class HostileAnswersTest {
    private static final int ANSWERS = 2000;
    private static final long SEED = 42;

    @Test
    void shouldBelieveTheHonestOnesOnly() throws IOException, InterruptedException {
        ObjectNode good =
                (ObjectNode) new ObjectMapper().readTree(FakeEmr.REQUIRED_ONLY).get("session");
        var hostile = new HostileAnswers(new Random(SEED));
        Set<String> kinds = new HashSet<>();
        Set<Class<?>> outcomes = new HashSet<>();
        try (FakeEmr emr = new FakeEmr(FakeEmr.found());
                var client = emr.client(FakeEmr.PATIENCE)) {
            for (int i = 0; i < ANSWERS; i++) {
                HostileAnswer answer = hostile.next(good, Instant.now());
                emr.answers(give(answer));

                Lookup outcome = new GetSession(client, FakeEmr.TIME)
                        .attempt(FakeEmr.KEY, Permits.one())
                        .outcome();

                assertThat(outcome)
                        .as("answer %d of seed %d: %s", i, SEED, answer)
                        .isInstanceOf(answer.honest() ? Lookup.Found.class : Lookup.Unavailable.class);
                kinds.add(answer.kind());
                outcomes.add(outcome.getClass());
            }
        }
        assertThat(kinds).hasSizeGreaterThan(40);
        assertThat(outcomes).hasSize(2);
    }

    private static FakeEmr.Answer give(HostileAnswer answer) {
        return FakeEmr.unmarked(answer.status(), answer.body(), answer.headers());
    }
}
