package io.sessionevents.emr;

import io.sessionevents.emr.EmrSettings.Role;
import io.sessionevents.emr.RenewedCredentials.Issued;
import io.sessionevents.emr.RenewedCredentials.Issuer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Asks STS for the credentials of a role, for as long as the role gives them by default, an hour.
 *
 * @param sts closed with it
 * @param own the credentials of the caller, closed with it
 */
record AssumedRole(EmrSettings settings, Role role, StsClient sts, SdkAutoCloseable own) implements Issuer {
    /** CloudTrail and the user identity of the role show it. STS takes 64 characters, a name of a source has 32 at most. */
    private static final String SESSION_NAME = "session-events-";

    @Override
    public Issued issue() {
        AssumeRoleResponse answer;
        try {
            answer = sts.assumeRole(request -> request.roleArn(role.arn())
                    .externalId(role.externalId())
                    .roleSessionName(SESSION_NAME + settings.source()));
        } catch (RuntimeException e) {
            // An answer that is no XML throws exceptions that are not the SDK's.
            throw new RoleErrors(settings, role).describe(e);
        }
        return issued(answer);
    }

    private Issued issued(AssumeRoleResponse answer) {
        Credentials given = answer.credentials();
        if (given == null
                || blank(given.accessKeyId())
                || blank(given.secretAccessKey())
                || blank(given.sessionToken())
                || given.expiration() == null) {
            throw RoleErrors.none(role, "its answer holds no complete credentials", null);
        }
        // By its own clock: ours may be wrong.
        Duration life = Duration.between(date(answer), given.expiration());
        if (!life.isPositive()) {
            throw RoleErrors.none(role, "it gave credentials that ended at " + given.expiration() + " already", null);
        }
        return new Issued(
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken()), life);
    }

    @SuppressWarnings("NullAway") // the SDK's members are null where the answer has none
    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static Instant date(AssumeRoleResponse answer) {
        try {
            return answer.sdkHttpResponse()
                    .firstMatchingHeader("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElseGet(InstantSource.system()::instant);
        } catch (DateTimeParseException e) {
            return InstantSource.system().instant();
        }
    }

    @Override
    public void close() {
        sts.close();
        own.close();
    }
}
