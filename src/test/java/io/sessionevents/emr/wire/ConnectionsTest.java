package io.sessionevents.emr.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final int CALLS = 200;

    @Test
    void shouldUseAnotherOneWhereTheServerClosedTheKeptOne() throws IOException {
        try (var server = HostileServer.closingAfter(HostileServer.OK);
                var client = Client.direct()) {
            String url = "http://aws.test:" + server.port();
            for (int i = 1; i <= 5; i++) {
                assertThat(client.get(url).body()).isEqualTo("ok");
                int closed = i;
                await().until(() -> server.ended() == closed);
            }

            assertThat(server.heads()).hasSize(5);
            assertThat(server.connections()).isEqualTo(5);
        }
    }

    /** A handshake behind the departure would make the request late, and the next one follow it too closely. */
    @Test
    void shouldOpenTheConnectionBeforeTheRequestDeparts() throws IOException {
        try (var server = HostileServer.answering(HostileServer.OK)) {
            var departures = new AtomicLong();
            Departure departure = () -> {
                await().until(() -> server.connections() == 1);
                assertThat(server.heads()).hasSize((int) departures.getAndIncrement());
            };
            try (var client = Client.departing(departure)) {
                String url = "http://aws.test:" + server.port();
                client.get(url);
                client.get(url);
            }
            assertThat(departures).hasValue(2);
        }
    }

    @Test
    void shouldKeepTheConnectionOfARequestThatDoesNotDepart() throws IOException {
        try (var server = HostileServer.answering(HostileServer.OK)) {
            var departures = new AtomicLong();
            Departure departure = () -> {
                if (departures.getAndIncrement() == 0) {
                    throw new IllegalStateException("missed its moment");
                }
            };
            try (var client = Client.departing(departure)) {
                String url = "http://aws.test:" + server.port();
                assertThatThrownBy(() -> client.get(url)).hasMessage("missed its moment");
                assertThat(server.heads()).isEmpty();

                assertThat(client.get(url).body()).isEqualTo("ok");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotSendAgainWhereTheServerClosesTheKeptOneAtTheRequest() throws IOException {
        try (var server = new HostileServer(talk -> {
                    talk.next();
                    talk.say(HostileServer.OK);
                    talk.next();
                });
                var client = Client.direct()) {
            String url = "http://aws.test:" + server.port();
            client.get(url);

            assertThatThrownBy(() -> client.get(url)).hasMessage("the connection ended before an answer came");
            assertThat(server.heads()).hasSize(2);
        }
    }

    @Test
    void shouldUseAnotherOneWhereSomethingCameThatNobodyAskedFor() throws Exception {
        var unasked = new CountDownLatch(1);
        try (var server = new HostileServer(talk -> {
                    talk.next();
                    talk.say(HostileServer.OK);
                    unasked.await();
                    talk.say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
                    talk.awaitEnd();
                });
                var client = Client.direct()) {
            String url = "http://aws.test:" + server.port();
            client.get(url);
            unasked.countDown();
            await().until(() -> {
                client.get(url);
                return server.connections() > 1;
            });
        }
    }

    @Test
    void shouldCloseWhatLayIdleForTooLong() throws IOException {
        var nanos = new AtomicLong();
        try (var server = HostileServer.answering(HostileServer.OK);
                var client = Client.with(
                        Client.LONG, 8, nanos::get, null, () -> (SSLSocketFactory) SSLSocketFactory.getDefault())) {
            String url = "http://aws.test:" + server.port();
            client.get(url);
            nanos.addAndGet(Connections.LONGEST_IDLE.toNanos());
            client.get(url);
            assertThat(server.connections()).isEqualTo(1);

            nanos.addAndGet(Connections.LONGEST_IDLE.toNanos() + 1);
            client.get(url);

            assertThat(server.connections()).isEqualTo(2);
            await().until(() -> server.ended() == 1);
        }
    }

    @Test
    void shouldHaveOneForEachCallInFlightAndSendEachOnce() throws Exception {
        try (var server = HostileServer.answering(HostileServer.OK);
                var client = Client.with(Client.LONG, 4, System::nanoTime, null, () ->
                        (SSLSocketFactory) SSLSocketFactory.getDefault());
                var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Client.Got>> got = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                int call = i;
                got.add(calls.submit(() -> client.get("http://aws.test:" + server.port() + "/" + call)));
            }
            for (var each : got) {
                assertThat(each.get().body()).isEqualTo("ok");
            }

            assertThat(server.heads()).doesNotHaveDuplicates().hasSize(CALLS);
            assertThat(server.connections()).isBetween(1, 4);
        }
    }

    @Test
    void shouldWaitForOneNoLongerThanForAnAnswer() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new HostileServer(talk -> {
                    talk.next();
                    asked.countDown();
                    talk.awaitEnd();
                });
                var client = Client.with(Duration.ofSeconds(2), 1, System::nanoTime, null, () ->
                        (SSLSocketFactory) SSLSocketFactory.getDefault())) {
            String url = "http://aws.test:" + server.port();
            var first = client.begin(client.prepare(url));
            asked.await();

            // Whichever of the two has waited longer: the first for its answer, or this one for its turn.
            assertThatThrownBy(() -> client.get(url)).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(first::get).hasCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldCloseAllAtItsEndAndOpenNoMore() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new HostileServer(talk -> {
            while (talk.next()) {
                if (answered(talk, asked)) {
                    talk.say(HostileServer.OK);
                }
            }
        })) {
            var client = Client.direct();
            String url = "http://aws.test:" + server.port();
            client.get(url + "/answered");
            var waiting = client.begin(client.prepare(url + "/silent"));
            asked.await();

            client.close();

            assertThatThrownBy(waiting::get).hasCauseInstanceOf(IOException.class);
            await().until(() -> server.ended() == server.connections());
            assertThatThrownBy(() -> client.get(url)).hasMessage("the client is closed");
        }
    }

    private static boolean answered(HostileServer.Talk talk, CountDownLatch asked) {
        boolean silent = talk.head().startsWith("GET /silent");
        if (silent) {
            asked.countDown();
        }
        return !silent;
    }

    @Test
    void shouldTryOneAddressAfterAnother() throws IOException {
        try (var server = HostileServer.answering(HostileServer.OK)) {
            // 127.0.0.2 is this machine too, and nobody listens there.
            Names names =
                    host -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.2"), InetAddress.getLoopbackAddress()};
            var dial = new Dial(
                    Patience.alone(Client.LONG, Client.LONG),
                    () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                    names,
                    System::nanoTime);
            try (var client = new Client(new WireClient(endpoint -> null, dial, 1, Departure.AT_ONCE))) {
                assertThat(client.get("http://aws.test:" + server.port()).body())
                        .isEqualTo("ok");
            }
        }
    }
}
