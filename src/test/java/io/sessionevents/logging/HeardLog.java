package io.sessionevents.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a class logs from INFO on, instead of showing it. Tests of one process run one after the other. */
public final class HeardLog implements AutoCloseable {
    private final Logger logger;
    private final @Nullable Level level;
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    /** Hears from now on. */
    public HeardLog(Class<?> of) {
        logger = (Logger) LoggerFactory.getLogger(of);
        level = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        heard.start();
        logger.addAppender(heard);
    }

    /** The messages so far, the oldest first. */
    public List<String> lines() {
        return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(heard);
        logger.setAdditive(true);
        logger.setLevel(level);
    }
}
