package io.sessionevents.emr;

import io.sessionevents.session.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

/**
 * Says, without calling any operation of EMR Serverless, what would keep a lookup from reaching it: Region, credentials,
 * network. Loading credentials may call STS or IAM Identity Center.
 */
public final class AwsCheck {
    private final EmrSettings settings;
    private final AwsRegionProvider regions;
    private final AwsCredentialsProvider credentials;
    private final ProfileFile profiles;

    AwsCheck(
            EmrSettings settings, AwsRegionProvider regions, AwsCredentialsProvider credentials, ProfileFile profiles) {
        this.settings = settings;
        this.regions = regions;
        this.credentials = credentials;
        this.profiles = profiles;
    }

    /** Whose problems they are, for people: the default source is not named. */
    public static String whose(EmrSettings settings) {
        return settings.source().equals(Source.DEFAULT) ? "AWS" : "AWS, source " + settings.source();
    }

    /** One sentence per problem, with what fixes it; empty if there is none. Blocks for seconds at worst. */
    public static List<String> problems(EmrSettings settings) {
        return checked(settings, AwsCheck::problems);
    }

    /** The same without the network: whether there are a Region and credentials. */
    public static List<String> accessProblems(EmrSettings settings) {
        return checked(settings, AwsCheck::accessProblems);
    }

    /** The proxy that leads to the endpoint, without its secrets; empty if it is reached directly, or there is no Region. */
    public static Optional<String> proxy(EmrSettings settings) {
        return AwsRegions.resolve(settings)
                .flatMap(region -> NetworkPath.of(settings, Region.of(region)).throughProxy())
                .map(Proxy::toString);
    }

    private static List<String> checked(EmrSettings settings, Function<AwsCheck, List<String>> check) {
        ProfileFile profiles;
        try {
            profiles = ProfileFile.defaultProfileFile();
        } catch (RuntimeException e) {
            // The SDK's message may quote a line of the file, and so a secret.
            return List.of("the AWS configuration files cannot be read: check ~/.aws/config and ~/.aws/credentials, or"
                    + " AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE");
        }
        try (SourceCredentials.Closeable credentials = credentials(settings)) {
            return check.apply(new AwsCheck(settings, AwsRegions.chain(settings), credentials, profiles));
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Without a Region there is no STS to ask for a role, and the check says so anyway. */
    private static SourceCredentials.Closeable credentials(EmrSettings settings) {
        return AwsRegions.resolve(settings)
                .map(region -> SourceCredentials.of(settings, Region.of(region)))
                .orElseGet(() -> SourceCredentials.own(settings));
    }

    /** What to do where no credentials can be loaded. */
    static String noCredentials(EmrSettings settings) {
        return "no usable AWS credentials were found"
                + (settings.profile() == null ? "" : " in the AWS profile \"" + settings.profile() + "\"") + ": set "
                + settings.key("profile") + ", run 'aws sso login', set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                + " give the host or pod an IAM role";
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>(accessProblems());
        AwsRegions.resolve(settings, regions).flatMap(this::networkProblem).ifPresent(problems::add);
        return List.copyOf(problems);
    }

    private List<String> accessProblems() {
        return Stream.of(AwsRegions.problem(settings, regions), credentialProblem())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> credentialProblem() {
        String name = settings.profile();
        if (name != null && profiles.profile(name).isEmpty()) {
            return Optional.of("the AWS profile \"" + name + "\" does not exist: set " + settings.key("profile")
                    + " to one of " + profiles.profiles().keySet() + ", or add it to ~/.aws/config");
        }
        try {
            credentials.resolveCredentials();
            return Optional.empty();
        } catch (CredentialsUnavailableException e) {
            return Optional.of(e.ofRole() ? String.valueOf(e.getMessage()) : noCredentials(name));
        } catch (RuntimeException e) {
            // Whatever the members of the chain throw; some of it is not the SDK's.
            return Optional.of(noCredentials(name));
        }
    }

    private String noCredentials(@Nullable String name) {
        Optional<Profile> profile = profiles.profile(name == null ? "default" : name);
        if (profile.isPresent() && signsOn(profile.get())) {
            return "the IAM Identity Center session of the AWS profile \""
                    + profile.get().name()
                    + "\" is missing or has expired: run 'aws sso login --profile "
                    + profile.get().name() + "'";
        }
        return noCredentials(settings);
    }

    private static boolean signsOn(Profile profile) {
        return profile.property("sso_session").isPresent()
                || profile.property("sso_start_url").isPresent();
    }

    private Optional<String> networkProblem(Region region) {
        try {
            return new Reachability(NetworkPath.of(settings, region), settings.attemptTimeout(), settings.source())
                    .problem();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
