package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class DryCallTest {
    @Test
    void shouldNeedNeitherNetworkNorCredentialsNorRegion() {
        assertThatCode(DryCall::make).doesNotThrowAnyException();
    }
}
