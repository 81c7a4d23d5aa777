package io.sessionevents;

import io.sessionevents.local.Poll;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** No test gives up because the machine is slow: what is waited for may take as long as nothing may stand still. */
public final class PatientTests implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Poll.STANDSTILL);
    }
}
