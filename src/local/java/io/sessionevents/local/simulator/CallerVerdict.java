package io.sessionevents.local.simulator;

import java.util.Optional;

/** What is thought of who makes a call. */
enum CallerVerdict {
    WELCOME,
    /** The call has no signature. */
    UNSIGNED,
    /** No such access key in this account, or not with this session token. */
    UNKNOWN,
    /** The credentials have expired. */
    EXPIRED,
    /** Signed for another Region or another service. */
    OTHER_SCOPE,
    /** The signature is not the one that the secret makes. */
    FORGED;

    /** What goes wrong with the call because of it. */
    Optional<Fault> fault() {
        return switch (this) {
            case WELCOME, UNSIGNED -> Optional.empty();
            case UNKNOWN -> Optional.of(Fault.UNKNOWN_CREDENTIALS);
            case EXPIRED -> Optional.of(Fault.OUTLIVED_CREDENTIALS);
            case OTHER_SCOPE, FORGED -> Optional.of(Fault.WRONG_SIGNATURE);
        };
    }
}
