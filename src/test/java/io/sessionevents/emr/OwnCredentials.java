package io.sessionevents.emr;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** During each test this process has credentials of its own, with which it may ask STS for those of a role. */
public final class OwnCredentials implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext test) {
        System.setProperty("aws.accessKeyId", "AKIAOWN");
        System.setProperty("aws.secretAccessKey", "geheim");
    }

    @Override
    public void afterEach(ExtensionContext test) {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }
}
