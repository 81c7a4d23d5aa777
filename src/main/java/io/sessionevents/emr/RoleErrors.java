package io.sessionevents.emr;

import io.sessionevents.emr.EmrSettings.Role;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Says why STS gives no credentials of a role, and what to do. Shows no secret: an external ID is none, AWS says. */
record RoleErrors(EmrSettings settings, Role role) {
    private static final Pattern CALLER = Pattern.compile("(arn:[a-z-]+:(?:iam|sts)::[0-9]{12}:[^\\s\"]{1,600})");

    /** Asked for beside sts:AssumeRole where the caller's session has transitive tags. */
    private static final String TAGGING = "sts:TagSession";

    /** What to throw instead; what interrupts a thread goes on as it is. */
    RuntimeException describe(RuntimeException e) {
        if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            return e;
        }
        Optional<CredentialsUnavailableException> own = causes(e)
                .filter(CredentialsUnavailableException.class::isInstance)
                .map(CredentialsUnavailableException.class::cast)
                .findFirst();
        if (own.isPresent()) {
            return own.get();
        }
        return e instanceof AwsServiceException answer ? answered(answer) : none(role, unanswered(e), e);
    }

    static CredentialsUnavailableException none(Role role, String why, @Nullable Throwable cause) {
        return CredentialsUnavailableException.ofRole(
                "STS gave no credentials of the role " + role.arn() + ": " + why,
                cause == null ? new IllegalStateException(why) : cause);
    }

    private CredentialsUnavailableException answered(AwsServiceException e) {
        String code = ErrorKind.code(e);
        if (code.equals("RegionDisabledException")) {
            return none(
                    role,
                    status(e) + ", because it is not activated there: activate the Region of "
                            + settings.key("region") + " in the account of the role, or set "
                            + settings.key("sts.endpoint.url"),
                    e);
        }
        return switch (ErrorKind.of(e)) {
            case ACCESS_DENIED -> CredentialsUnavailableException.ofRole(refused(e), e);
            case CREDENTIALS ->
                none(
                        role,
                        "it does not take the credentials of the caller, " + status(e) + ": renew those of "
                                + settings.key("profile") + " or of the host or pod",
                        e);
            case CLOCK_SKEW -> none(role, status(e) + ": set the clock of this host right", e);
            case FOREIGN ->
                none(
                        role,
                        "the answer is not AWS's, " + status(e)
                                + ": check the proxy (HTTPS_PROXY, NO_PROXY) and "
                                + settings.key("sts.endpoint.url"),
                        e);
            case THROTTLED, TRANSIENT -> none(role, status(e) + ": it is asked again", e);
            case NOT_FOUND, VALIDATION, UNKNOWN ->
                none(
                        role,
                        status(e) + reason(e) + ": check " + settings.key("role.arn") + " and "
                                + settings.key("external.id"),
                        e);
        };
    }

    private String refused(AwsServiceException e) {
        Optional<String> caller = caller(e);
        String refused = "STS refuses the role " + role.arn() + " to "
                + caller.map(Text::brief).orElse("the caller") + " (" + status(e);
        if (message(e).contains(TAGGING)) {
            return refused
                    + "), whose session has tags that go on to the role, as those of EKS Pod Identity do: the trust policy of"
                    + " the role and the policy of the caller must both allow " + TAGGING
                    + ", or the pod identity association must disable session tags";
        }
        String hint = role.externalId() == null
                ? "; if the trust policy asks for an external ID, set " + settings.key("external.id")
                : "; " + settings.key("external.id") + " must be the one that the trust policy asks for";
        return refused
                + (caller.isPresent() ? "" : reason(e))
                + "): the trust policy of the role must hold "
                + new TrustStatement(caller.map(TrustStatement::principal).orElse("CALLER"), role.externalId()).json()
                + " and the policy of the caller " + TrustStatement.ofCaller(role.arn()) + hint;
    }

    /** Who asked, as STS names it. */
    private static Optional<String> caller(AwsServiceException e) {
        Matcher arn = CALLER.matcher(message(e));
        return arn.find() ? Optional.of(arn.group(1)) : Optional.empty();
    }

    private static String status(AwsServiceException e) {
        return LookupErrors.describe(e);
    }

    private static String reason(AwsServiceException e) {
        String reason = message(e);
        return reason.isBlank() ? "" : ": " + Text.brief(reason);
    }

    /** What AWS says for people; empty if nothing. */
    private static String message(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorMessage() == null ? "" : details.errorMessage();
    }

    private String unanswered(RuntimeException e) {
        if (e instanceof ApiCallAttemptTimeoutException || e instanceof ApiCallTimeoutException) {
            return "no answer in time";
        }
        return causes(e)
                .filter(IOException.class::isInstance)
                .findFirst()
                .map(cause -> "no answer (" + cause.getClass().getSimpleName()
                        + "): check the way to STS (HTTPS_PROXY, a VPC endpoint, "
                        + settings.key("sts.endpoint.url") + ")")
                .orElse("its answer could not be read: check the proxy (HTTPS_PROXY, NO_PROXY) and "
                        + settings.key("sts.endpoint.url"));
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
    }
}
