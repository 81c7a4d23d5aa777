package io.sessionevents.emr;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.sessionevents.config.KeyText;
import io.sessionevents.config.NearestKey;
import io.sessionevents.config.Value;
import io.sessionevents.config.Values;
import io.sessionevents.session.Source;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Looks at what is said about the sources, each by itself and all together. Adds what is wrong to the values. */
record SourceReview(Values values) {

    static void review(Values values) {
        new SourceReview(values).all();
    }

    private void all() {
        names();
        strangers();
        List<Source> known =
                SourceKeys.names(values).stream().map(this::reviewed).toList();
        twins(known).forEach(values::problem);
    }

    private void names() {
        Value given = values.given(SourceKeys.NAMES.name());
        String place = given == null ? "" : " (" + given.source() + ")";
        Set<String> seen = new HashSet<>();
        for (String name : SourceKeys.listed(values)) {
            if (name.isEmpty()) {
                values.problem("sources" + place + " holds an empty name, expected names separated by single commas");
            } else if (name.equals(Source.DEFAULT)) {
                values.problem("sources" + place
                        + " names default, expected the others only: aws.* configures default, remove it there");
            } else if (!SourceKeys.isName(name)) {
                values.problem("sources" + place + " names \"" + KeyText.of(name) + "\", expected "
                        + Source.EXPECTED_NAME + ": give the source another name");
            } else if (!seen.add(name)) {
                values.problem("sources" + place + " names " + name + " twice, expected each source once");
            }
        }
    }

    /** Keys of sources that there are none of. */
    private void strangers() {
        List<String> listed = SourceKeys.listed(values);
        values.beginning(SourceKeys.FAMILY.root() + ".").forEach((key, value) -> {
            String name = SourceKeys.FAMILY.name(key).orElse("");
            if (name.equals(Source.DEFAULT)) {
                values.problem(KeyText.of(key) + " (" + value.source()
                        + ") is of the source default, which aws.* and the general keys configure: use those");
            } else if (!listed.contains(name)) {
                values.problem(KeyText.of(key) + " (" + value.source() + ") is of source \"" + KeyText.of(name)
                        + "\", which sources does not name" + (listed.isEmpty() ? "" : ", but " + text(listed))
                        + ": add it to sources, or remove the key");
            }
        });
    }

    private static String text(List<String> listed) {
        return KeyText.of(SourceKeys.text(listed));
    }

    /** What is known of it for sure. */
    private Source reviewed(String name) {
        String region = values.find(SourceKeys.region(name));
        RoleArn role = values.find(SourceKeys.of(name, SourceKeys.ROLE));
        String account = values.find(SourceKeys.of(name, SourceKeys.ACCOUNT));
        DiscoverySettings.review(name.equals(Source.DEFAULT) ? values : values.under(SourceKeys.prefix(name)));
        if (region != null) {
            region(name, region);
        }
        if (role != null) {
            role(name, role, region, account);
        } else if (given(name, "external.id") && !given(name, "role.arn")) {
            values.problem(SourceKeys.key(name, "external.id") + " is set without " + SourceKeys.key(name, "role.arn")
                    + ", expected both: it is for the assuming of a role. Set the role, or remove it");
        }
        return new Source(name, region, account != null ? account : role == null ? null : role.account());
    }

    private boolean given(String name, String part) {
        Value value = values.given(SourceKeys.key(name, part));
        return value != null && !value.text().isBlank();
    }

    /** One that this version does not know is a new one or a mistyped one; who names the endpoint has looked. */
    private void region(String name, String region) {
        if (!AwsRegions.known(region) && !given(name, "endpoint.url")) {
            values.problem(SourceKeys.key(name, "region") + " is \"" + region + "\", expected an AWS Region such as "
                    + NearestKey.of(region, AwsRegions.all())
                    + "; one that is newer than this version needs " + SourceKeys.key(name, "endpoint.url") + " too");
        }
    }

    private void role(String name, RoleArn role, @Nullable String region, @Nullable String account) {
        String key = SourceKeys.key(name, "role.arn");
        if (account != null && !account.equals(role.account())) {
            values.problem(key + " is of account " + role.account() + ", but "
                    + SourceKeys.key(name, "account.id") + " is " + account
                    + ", expected the same: a role reads the sessions of its own account. Set the right one, or remove "
                    + SourceKeys.key(name, "account.id"));
        }
        String partition = region == null
                ? role.partition()
                : PartitionMetadata.of(Region.of(region)).id();
        if (!partition.equals(role.partition())) {
            values.problem(key + " is of partition " + role.partition() + ", but "
                    + SourceKeys.key(name, "region") + " " + region + " is in " + partition
                    + ", expected arn:" + partition + ":iam::" + role.account() + ":role/…");
        }
    }

    /** A sentence for every account and Region that several sources have: AWS would get the budget of each. */
    static List<String> twins(List<Source> sources) {
        return sources.stream()
                .filter(source -> source.region() != null && source.account() != null)
                .collect(groupingBy(
                        source -> "account " + source.account() + " in " + source.region(),
                        LinkedHashMap::new,
                        toList()))
                .entrySet()
                .stream()
                .filter(same -> same.getValue().size() > 1)
                .map(same -> twins(same.getKey(), same.getValue()))
                .toList();
    }

    private static String twins(String place, List<Source> same) {
        List<String> names = same.stream().map(Source::name).toList();
        return "The sources " + SourceKeys.text(names) + " are all " + place
                + ", expected one source for each account and Region, because AWS counts their calls together: remove "
                + SourceKeys.text(names.subList(1, names.size())) + " from sources, or set "
                + SourceKeys.key(names.getLast(), "account.id") + " or "
                + SourceKeys.key(names.getLast(), "region") + " right";
    }
}
