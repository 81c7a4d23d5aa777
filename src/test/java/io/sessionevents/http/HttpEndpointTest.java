package io.sessionevents.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionevents.http.Health.Check;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpEndpointTest {
    private static final Check WELL = new Check("well", true, "yes");
    private static final Check ILL = new Check("ill", false, "because \"of\" this");
    private static final Health HEALTH = new Health() {
        @Override
        public List<Check> live() {
            return List.of(WELL);
        }

        @Override
        public List<Check> started() {
            return List.of(WELL, WELL);
        }

        @Override
        public List<Check> ready() {
            return List.of(WELL, ILL);
        }

        @Override
        public List<Check> all() {
            return List.of();
        }
    };

    private HttpEndpoint endpoint;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        endpoint = HttpEndpoint.start("127.0.0.1", 0, HEALTH, () -> "calls_total 7\n");
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /health/live, 200, application/json",
        "GET, /health/started, 200, application/json",
        "GET, /health/ready, 503, application/json",
        "GET, /health, 200, application/json",
        "GET, /nowhere, 404, application/problem+json",
        "POST, /health, 405, application/problem+json"
    })
    void shouldAnswer(String method, String path, int status, String type) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    }

    @Test
    void shouldNameWhatIsWrong() throws IOException, InterruptedException {
        assertThat(answer("GET", "/health/ready").body())
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":["
                        + "{\"name\":\"well\",\"status\":\"UP\",\"data\":{\"detail\":\"yes\"}},"
                        + "{\"name\":\"ill\",\"status\":\"DOWN\",\"data\":{\"detail\":\"because \\\"of\\\" this\"}}]}");
    }

    @Test
    void shouldOfferMetrics() throws IOException, InterruptedException {
        assertThat(answer("GET", "/metrics").body()).isEqualTo("calls_total 7\n");
    }

    @Test
    void shouldRefuseAPortThatIsTaken() {
        assertThatThrownBy(() -> HttpEndpoint.start("127.0.0.1", endpoint.url().getPort(), HEALTH, () -> ""))
                .isInstanceOf(IOException.class);
    }

    private HttpResponse<String> answer(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(endpoint.url().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
