package io.sessionevents.preflight;

import io.sessionevents.emr.DryCall;
import io.sessionevents.settings.Configuration;
import io.sessionevents.streams.StreamsSettings;
import io.sessionevents.tracking.TopologyShape;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what the service will need, while the checks before the start wait for others: a start is mostly the loading of
 * classes, one after the other, and the second core of the machine has nothing to do. What fails here fails again, with its
 * message, where it is needed.
 */
public final class WarmUp {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private WarmUp() {}

    /** Begins and returns at once. */
    public static void begin(Configuration configuration) {
        Thread.ofPlatform().name("warm-up").daemon().start(() -> {
            attempt(() -> TopologyShape.describe(configuration.tracking(), StreamsSettings.of(configuration.kafka())));
            attempt(DryCall::make);
            if (configuration.tracking().persistent()) {
                attempt(RocksDB::loadLibrary);
            }
        });
    }

    private static void attempt(Runnable loading) {
        try {
            loading.run();
        } catch (RuntimeException | LinkageError e) {
            log.atDebug().setCause(e).log("Not loaded beforehand");
        }
    }
}
