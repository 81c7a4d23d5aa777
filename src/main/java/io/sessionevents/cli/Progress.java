package io.sessionevents.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells people how far something has come that takes longer than two seconds: on a terminal in one line that is drawn anew, else in
 * a line now and then. Not for use by several threads.
 */
final class Progress {
    static final Duration PATIENCE = Duration.ofSeconds(2);
    static final Duration REDRAWN = Duration.ofMillis(500);
    static final Duration PRINTED = Duration.ofSeconds(10);

    /** Of the narrowest terminal that anybody has; the line is never broken. */
    private static final int WIDTH = 59;

    private static final String ERASE = "\r\u001b[K";

    private final CommandContext context;
    private final PrintWriter err;
    private final String doing;
    private @Nullable Instant next;
    private boolean drawn;

    /** @param doing what, such as: Reading session-ids */
    Progress(CommandContext context, PrintWriter err, String doing) {
        this.context = context;
        this.err = err;
        this.doing = doing;
    }

    /**
     * Says how far it is, if it is time to. The first call begins to count the time.
     *
     * @param done of all
     */
    void at(long done, long all) {
        Instant now = context.clock().instant();
        if (next == null) {
            next = now.plus(PATIENCE);
        } else if (!now.isBefore(next)) {
            next = now.plus(context.terminal() ? REDRAWN : PRINTED);
            print(text(done, all));
        }
    }

    private String text(long done, long all) {
        String far = ": %d of %d (%d %%)".formatted(done, all, all == 0 ? 100 : done * 100 / all);
        int room = WIDTH - far.length();
        return (doing.length() > room ? doing.substring(0, room - 1) + "…" : doing) + far;
    }

    private void print(String text) {
        if (context.terminal()) {
            err.print(ERASE + text);
            drawn = true;
        } else {
            err.println(text);
        }
        err.flush();
    }

    /** Makes room for other lines. */
    void clear() {
        if (drawn) {
            drawn = false;
            err.print(ERASE);
            err.flush();
        }
    }
}
