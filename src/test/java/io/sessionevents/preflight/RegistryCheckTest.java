package io.sessionevents.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.avro.PublicSubject;
import io.sessionevents.avro.SubjectRegistry;
import io.sessionevents.avro.UnreadableSubjects;
import io.sessionevents.session.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What schemas of others, which cannot be read, mean for the start. */
class RegistryCheckTest {
    @Test
    void shouldWarnOfThoseOfTheInputAndStopAtThoseOfOurs() {
        assertThat(outcomes("in-value")).hasSize(3).allMatch(CheckOutcome::ok);
        assertThat(outcomes("in-value").getLast().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("type JSON", "dead letters"));
        assertThat(outcomes("out-value").getFirst().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("(output.topic)"));
        assertThat(outcomes("usage-value").get(1).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("(usage.topic)"));
    }

    private static List<CheckOutcome> outcomes(String unreadable) {
        SubjectRegistry registry = new UnreadableSubjects(unreadable);
        return new RegistryCheck(
                        registry, PublicSubject.of(new Topics("in", "out", "usage", "alerts", false, "dead")), true)
                .outcomes();
    }
}
