package io.sessionevents.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the judge relies on: the endpoint keeps what it has shown. */
class SimulatedEmrServerlessTest {
    private static final String SIGNATURE =
            "AWS4-HMAC-SHA256 Credential=AKIA/20261123/us-east-1/emr-serverless/aws4_request,"
                    + " SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64);
    private static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");

    private final SessionFactory factory = new SessionFactory(new Random(1), 1);
    private final SimulatedSession session = factory.minimal(factory.key());
    private volatile Instant now = T0.plusSeconds(10);
    private final SimulatedEmrServerless emr = start();

    private SimulatedEmrServerless start() {
        try {
            SimulatedEmrServerless started =
                    SimulatedEmrServerless.start(() -> now, SimulatedEmrServerless.Options.UNLIMITED);
            started.add(session.then("SUBMITTED", T0).then("IDLE", T0.plusSeconds(5)));
            return started;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        emr.close();
    }

    @Test
    void shouldKeepWhatEachAnswerShowedAndWhenItWasSent() throws IOException, InterruptedException {
        look();
        emr.behave(Faults.always(Fault.STALE));
        look();
        emr.behave(Faults.always(Fault.MALFORMED));
        look();

        assertThat(looks()).extracting(Truth.Request::phase).containsExactly(1, 0, Truth.NOTHING);
        await().until(() -> looks().stream().allMatch(look -> now.equals(look.answered())));
        assertThat(emr.looksSince(T0)).containsOnly(java.util.Map.entry(session.key(), 1));
        assertThat(emr.looksSince(now)).isEmpty();
    }

    @Test
    void shouldNotSayThatAnAnswerWasInTimeThatWasNot() throws IOException, InterruptedException {
        emr.behave(key -> {
            now = now.plus(Duration.ofSeconds(2));
            return Fault.NONE;
        });
        look();

        assertThat(looks()).singleElement().satisfies(look -> {
            assertThat(look.honest()).isTrue();
            assertThat(look.answered()).isNull();
        });
    }

    /** The clock that the change goes by may have been read long before, and the answer meanwhile. */
    @Test
    void shouldLetAStateBeginAfterEveryAnswerThatShowedAnother() throws IOException, InterruptedException {
        look();
        Instant shown = now;
        now = now.minusSeconds(1);
        emr.become(session.key(), "BUSY");
        emr.become(session.key(), "IDLE");

        List<Phase> life = emr.truth(session.key());
        assertThat(life.get(2).from()).isAfter(shown);
        assertThat(life.get(3).from()).isAfter(life.get(2).from());
    }

    private List<Truth.Request> looks() {
        return emr.truth().requests();
    }

    private void look() throws IOException, InterruptedException {
        URI uri = emr.url()
                .resolve("/applications/" + session.key().applicationId() + "/sessions/"
                        + session.key().sessionId());
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", SIGNATURE)
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }
}
