package io.sessionevents.emr.wire;

import java.io.IOException;

/** A proxy did not let a connection through. */
final class TunnelRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Head head;

    TunnelRefusedException(Head head) {
        super("the proxy answered " + head.status());
        this.head = head;
    }

    Head head() {
        return head;
    }
}
