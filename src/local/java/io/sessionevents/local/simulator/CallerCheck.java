package io.sessionevents.local.simulator;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks by whose credentials a call is made. The real endpoint of a Region serves all accounts, and looks for the session in the
 * account of the caller, where it is not found; this one says that it does not know the caller, which tells the mistake.
 *
 * @param service as it stands in the scope of the signature
 * @param account whose credentials are welcome, in whose Region; null: any, as at STS
 * @param keys that there are; null: whoever signs is welcome
 */
record CallerCheck(
        String service,
        @Nullable AwsAccount account,
        @Nullable AccessKeys keys) {

    /** @param request null if the call has no signature */
    CallerVerdict verdict(@Nullable SignedRequest request, Instant now) {
        if (request == null || !request.authorization().service().equals(service)) {
            return request == null ? CallerVerdict.UNSIGNED : CallerVerdict.OTHER_SCOPE;
        }
        if (keys == null) {
            return CallerVerdict.WELCOME;
        }
        Optional<AccessKey> key = keys.find(request.authorization().keyId());
        if (key.isEmpty() || !own(key.get()) || !request.shows(key.get().token())) {
            return CallerVerdict.UNKNOWN;
        }
        if (key.get().expired(now)) {
            return CallerVerdict.EXPIRED;
        }
        if (account != null && !account.region().equals(request.authorization().region())) {
            return CallerVerdict.OTHER_SCOPE;
        }
        return request.signedBy(key.get().secret()) ? CallerVerdict.WELCOME : CallerVerdict.FORGED;
    }

    private boolean own(AccessKey key) {
        return account == null || account.id().equals(key.account());
    }
}
