package io.sessionevents.local.simulator;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of AWS Signature Version 4.
 *
 * @param date eight digits
 * @param signedHeaders names in lower case, in the order in which they are signed
 */
record Authorization(
        String keyId, String date, String region, String service, List<String> signedHeaders, String signature) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final Pattern FORM =
            Pattern.compile(ALGORITHM + " Credential=([^/]+)/(\\d{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request, "
                    + "SignedHeaders=([a-z0-9;-]*host;[a-z0-9;-]*x-amz-date[a-z0-9;-]*), Signature=([0-9a-f]{64})");

    /** Empty if it is none. */
    static Optional<Authorization> parse(@Nullable String header) {
        Matcher parts = FORM.matcher(header == null ? "" : header);
        return parts.matches()
                ? Optional.of(new Authorization(
                        parts.group(1),
                        parts.group(2),
                        parts.group(3),
                        parts.group(4),
                        List.of(parts.group(5).split(";", -1)),
                        parts.group(6)))
                : Optional.empty();
    }

    /** What the signature is good for. */
    String scope() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }
}
