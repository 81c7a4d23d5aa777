package io.sessionevents.local.testbed;

import java.io.IOException;

/** A schema registry that can be away for a while. */
public interface Registry extends AutoCloseable {

    /** Base URL of Confluent's API. */
    String url();

    /** An outage: nothing answers until it is started again. What it holds stays. */
    void stop();

    /** Ends the outage. */
    void start() throws IOException;

    @Override
    void close();
}
