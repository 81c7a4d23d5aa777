package io.sessionevents.emr;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/** Finds out the Region of the sessions. */
public final class AwsRegions {
    /** What to do where there is none; every other source says its own. */
    private static final String NONE_SET =
            "no AWS Region is set: set aws.region or AWS_REGION (for example us-east-1), or a"
                    + " region in the AWS profile";

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");

    private AwsRegions() {}

    /** @throws IllegalArgumentException if no Region can have that name */
    static String parse(String text) {
        if (!possible(text.strip())) {
            throw new IllegalArgumentException();
        }
        return text.strip();
    }

    /** Names of all Regions that this version of the SDK knows, of every partition. */
    static List<String> all() {
        return Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .map(Region::id)
                .toList();
    }

    /** Whether this version of the SDK knows it; a newer one may know more. */
    static boolean known(String region) {
        return all().contains(region);
    }

    /** What is wrong with the Region and what to do; empty if there is one. */
    public static Optional<String> problem(EmrSettings settings) {
        return problem(settings, chain(settings));
    }

    static Optional<String> problem(EmrSettings settings, AwsRegionProvider regions) {
        if (resolve(settings, regions).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                settings.region() == null
                        ? NONE_SET
                        : settings.key("region") + " is \"" + Text.brief(settings.region())
                                + "\", expected the name of an AWS Region like us-east-1");
    }

    /** The Region that lookups go to; empty if none is set. May ask the metadata service of the host, which takes seconds. */
    public static Optional<String> resolve(EmrSettings settings) {
        return resolve(settings, chain(settings)).map(Region::id);
    }

    /** The Region that is set on this machine, without asking anybody; empty if none is. */
    public static Optional<String> configured(EmrSettings settings) {
        return resolve(
                        settings,
                        new AwsRegionProviderChain(
                                new SystemSettingsRegionProvider(),
                                new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, settings.profileName())))
                .map(Region::id);
    }

    static AwsRegionProvider chain(EmrSettings settings) {
        DefaultAwsRegionProviderChain.Builder regions = DefaultAwsRegionProviderChain.builder();
        if (settings.profile() != null) {
            regions.profileName(settings.profile());
        }
        return regions.build();
    }

    static Optional<Region> resolve(EmrSettings settings, AwsRegionProvider regions) {
        if (settings.region() != null) {
            return Optional.of(settings.region()).filter(AwsRegions::possible).map(Region::of);
        }
        try {
            return Optional.ofNullable(regions.getRegion()).filter(region -> possible(region.id()));
        } catch (SdkException | IllegalArgumentException e) {
            // The chain tells by an exception that none of its members has one, or that a file cannot be read.
            return Optional.empty();
        }
    }

    private static boolean possible(String region) {
        return REGION.matcher(region).matches();
    }
}
