package io.sessionevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8081",
        "0.0.0.0, http://127.0.0.1:8081",
        "::, http://[::1]:8081",
        "[::], http://[::1]:8081",
        "fd00::7, http://[fd00::7]:8081",
        "here.example, http://here.example:8081"
    })
    void shouldBeAskedOnItsOwnMachine(String host, URI url) {
        assertThat(new HttpSettings(host, 8081, null, false).localUrl()).isEqualTo(url);
    }

    @Test
    void shouldNotKnowAFreePort() {
        assertThat(new HttpSettings("127.0.0.1", 0, null, false).localUrl()).isNull();
    }
}
