package io.sessionevents;

import io.sessionevents.config.Configuration;
import io.sessionevents.config.Configuration.StateStore;
import io.sessionevents.emr.DryCall;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what the service will need, while the checks before the start wait for others: a start is mostly the loading of
 * classes, one after the other, and the second core of the machine has nothing to do. What fails here fails again, with its
 * message, where it is needed.
 */
final class WarmUp {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private WarmUp() {}

    /** Begins and returns at once. */
    static void begin(Configuration configuration) {
        Thread.ofPlatform().name("warm-up").daemon().start(() -> {
            attempt(() -> ServiceTopology.describe(configuration));
            attempt(DryCall::make);
            if (configuration.stateStore() == StateStore.PERSISTENT) {
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
