package io.sessionevents.emr;

import static java.util.stream.Collectors.joining;

import io.sessionevents.calls.LookupLimits;
import io.sessionevents.calls.SweepLimits;
import io.sessionevents.config.KeyFamily;
import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Value;
import io.sessionevents.config.Values;
import io.sessionevents.session.Source;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys of the sources. Each setting is defined once: under {@code aws.} it is of the source {@value Source#DEFAULT}, under
 * {@code source.NAME.} of another.
 */
public final class SourceKeys {
    private static final String OF_DEFAULT = "aws.";
    private static final String URL = "an http or https URL without user info and query";
    private static final Pattern EXTERNAL_ID = Pattern.compile("[a-zA-Z0-9_+=,.@:/-]{2,1224}");

    /** Sources beside the default one. */
    public static final Setting<List<String>> NAMES = Setting.without(
            "sources",
            "names separated by commas",
            "Names of further accounts and Regions that sessions are read from; `source.NAME.*` configures each. A name has 1 to 32 characters of a-z, 0-9 and -, and is not `arn` or `default`.",
            SourceKeys::split);

    static final Setting<String> REGION = Setting.without(
            "region",
            "the name of an AWS Region like us-east-1",
            "Region of the sessions. Default: the SDK's own chain.",
            AwsRegions::parse);
    static final Setting<String> ACCOUNT = Setting.without(
            "account.id",
            "12 digits",
            "Account of the sessions. Default: that of the role, else what STS says about the credentials. An ARN of another account or Region is a dead letter.",
            Parsers::accountId);
    static final Setting<RoleArn> ROLE = Setting.without(
            "role.arn",
            RoleArn.EXPECTED,
            "Role to be assumed for the lookups. Default: none, the credentials are used themselves. Kafka's login does not use it.",
            RoleArn::parse);
    static final Setting<String> EXTERNAL_ID_OF_ROLE = Setting.without(
            "external.id",
            "2 to 1224 characters of a-z, A-Z, 0-9 and _+=,.@:/-",
            "External ID that the trust policy of the role asks for.",
            SourceKeys::externalId);
    static final Setting<String> PROFILE = Setting.without(
            "profile",
            "a profile name",
            "Profile of the AWS configuration files, for the credentials. Default: the SDK's own chain.",
            Parsers::text);
    static final Setting<URI> ENDPOINT =
            Setting.without("endpoint.url", URL, "Endpoint instead of AWS's own.", Parsers::httpUri);
    static final Setting<URI> STS_ENDPOINT = Setting.without(
            "sts.endpoint.url",
            URL,
            "Endpoint of STS, which gives the credentials of roles, instead of AWS's own.",
            Parsers::httpUri);

    /** General, as a source may have one of its own. */
    static final Setting<Duration> TIMEOUT = Setting.duration("lookup.timeout", "5 s", "Time-out of one attempt.");

    private static final Setting<String> REGION_OF_OTHERS =
            Setting.required("region", REGION.expected(), "Region of the sessions.", REGION.parser());
    private static final Setting<String> PROFILE_OF_OTHERS = Setting.without(
            "profile",
            PROFILE.expected(),
            "Profile of the AWS configuration files, for the credentials. Default: `aws.profile`.",
            PROFILE.parser());

    /** Of the default source. */
    static final List<Setting<?>> DEFAULTS = Stream.<Setting<?>>of(
                    REGION, ACCOUNT, ROLE, EXTERNAL_ID_OF_ROLE, PROFILE, ENDPOINT, STS_ENDPOINT)
            .<Setting<?>>map(setting -> setting.under(OF_DEFAULT))
            .toList();

    /** General settings that a source may have of its own. */
    public static final List<Setting<?>> OVERRIDING = Stream.of(
                    LookupLimits.ALL, List.of(TIMEOUT), RetrySettings.ALL, SweepLimits.ALL, DiscoverySettings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** Settings that only a source has. */
    public static final List<Setting<?>> OTHERS =
            List.of(REGION_OF_OTHERS, ACCOUNT, ROLE, EXTERNAL_ID_OF_ROLE, PROFILE_OF_OTHERS, ENDPOINT, STS_ENDPOINT);

    /** {@code source.NAME.*}. */
    public static final KeyFamily FAMILY = new KeyFamily(
            "source",
            Stream.of(OTHERS, OVERRIDING).<Setting<?>>flatMap(List::stream).toList(),
            SourceReview::review);

    private SourceKeys() {}

    /** What the keys of that source begin with, the dot at the end included. */
    static String prefix(String source) {
        return source.equals(Source.DEFAULT) ? OF_DEFAULT : FAMILY.prefix(source);
    }

    /**
     * The key of a source, for messages.
     *
     * @param part such as {@code region}
     */
    public static String key(String source, String part) {
        return prefix(source) + part;
    }

    /** The setting as that source has it. */
    static <T> Setting<T> of(String source, Setting<T> setting) {
        return setting.under(prefix(source));
    }

    /** The Region of that source, which only the default one need not say. */
    static Setting<String> region(String source) {
        return of(source, source.equals(Source.DEFAULT) ? REGION : REGION_OF_OTHERS);
    }

    /** All sources there are, the default one first; those with names that are none are left out, and so are repeated ones. */
    static List<String> names(Values values) {
        return Stream.concat(Stream.of(Source.DEFAULT), listed(values).stream().filter(SourceKeys::isName))
                .distinct()
                .toList();
    }

    /** What {@code sources} says, name or not. */
    static List<String> listed(Values values) {
        Value given = values.given(NAMES.name());
        return given == null || given.text().isBlank() ? List.of() : split(given.text());
    }

    /** Whether a source beside the default one may be called so. */
    static boolean isName(String text) {
        try {
            return !Source.name(text).equals(Source.DEFAULT);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Names for a message. */
    static String text(List<String> names) {
        return names.stream().collect(joining(", "));
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static String externalId(String text) {
        if (!EXTERNAL_ID.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException();
        }
        return text.strip();
    }
}
