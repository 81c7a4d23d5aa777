package io.sessionevents.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of the grammar of IAM's JSON policies, as its reference gives it: which elements there are, what they hold, and that a trust
 * policy names whom it trusts and no resource, another policy the other way round.
 */
final class IamGrammar {
    private static final Set<String> POLICY = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT =
            Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");
    private static final Set<String> PRINCIPALS = Set.of("AWS", "Service", "Federated");
    private static final Pattern SID = Pattern.compile("[a-zA-Z0-9]+");
    private static final Pattern ACTION = Pattern.compile("[a-z0-9-]+:[A-Z][a-zA-Z0-9]*");

    /** Capitals stand for what is to be filled in. */
    private static final Pattern ARN =
            Pattern.compile("arn:aws:[a-z0-9-]+:([a-z0-9-]*|REGION):([0-9]{12}|[A-Z_]+|):[^\\s:][^\\s]*");

    private static final Map<String, Pattern> OPERATORS = Map.of(
            "StringEquals",
            Pattern.compile(".+"),
            "StringLike",
            Pattern.compile(".+"),
            "ArnEquals",
            ARN,
            "ArnLike",
            ARN);
    private static final Pattern CONDITION_KEY =
            Pattern.compile("[a-zA-Z0-9._/-]+:[a-zA-Z0-9/_-]+|oidc\\..*:(aud|sub)");

    private final boolean trust;
    private final List<String> problems = new ArrayList<>();

    private IamGrammar(boolean trust) {
        this.trust = trust;
    }

    /**
     * What breaks it; empty if nothing does.
     *
     * @param trust whether it says who may assume a role
     */
    static List<String> problems(JsonNode policy, boolean trust) {
        var grammar = new IamGrammar(trust);
        grammar.policy(policy);
        return grammar.problems;
    }

    private void policy(JsonNode policy) {
        members(policy, POLICY, "the policy");
        expect("2012-10-17".equals(policy.path("Version").asText()), "Version is 2012-10-17");
        JsonNode statements = policy.path("Statement");
        expect(statements.isArray() && !statements.isEmpty(), "Statement is a list that is not empty");
        List<String> sids = new ArrayList<>();
        for (JsonNode statement : statements) {
            statement(statement);
            if (statement.has("Sid")) {
                String sid = statement.get("Sid").asText();
                expect(
                        SID.matcher(sid).matches() && !sids.contains(sid),
                        "Sid " + sid + " is letters and digits, once");
                sids.add(sid);
            }
        }
    }

    private void statement(JsonNode statement) {
        members(statement, STATEMENT, "a statement");
        expect(Set.of("Allow", "Deny").contains(statement.path("Effect").asText()), "Effect is Allow or Deny");
        each(statement.get("Action"), "Action", ACTION);
        expect(
                statement.has("Principal") == trust,
                trust ? "a trust policy has Principal" : "only trust policies have Principal");
        expect(statement.has("Resource") != trust, trust ? "a trust policy has no Resource" : "a policy has Resource");
        if (statement.has("Resource") && !"*".equals(statement.get("Resource").asText())) {
            each(statement.get("Resource"), "Resource", ARN);
        }
        if (statement.has("Principal")) {
            principal(statement.get("Principal"));
        }
        if (statement.has("Condition")) {
            condition(statement.get("Condition"));
        }
    }

    private void principal(JsonNode principal) {
        members(principal, PRINCIPALS, "Principal");
        each(principal.get("AWS"), "AWS", ARN);
        each(principal.get("Federated"), "Federated", ARN);
        each(principal.get("Service"), "Service", Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com"));
    }

    private void condition(JsonNode condition) {
        expect(condition.isObject() && !condition.isEmpty(), "Condition is an object that is not empty");
        condition.properties().forEach(operator -> {
            Pattern values = OPERATORS.get(operator.getKey());
            expect(values != null, operator.getKey() + " is an operator of conditions");
            operator.getValue().properties().forEach(key -> {
                expect(CONDITION_KEY.matcher(key.getKey()).matches(), key.getKey() + " is a condition key");
                each(key.getValue(), key.getKey(), values == null ? Pattern.compile(".*") : values);
            });
        });
    }

    private void members(JsonNode object, Set<String> known, String what) {
        expect(object.isObject(), what + " is an object");
        object.properties()
                .forEach(
                        member -> expect(known.contains(member.getKey()), member.getKey() + " is a member of " + what));
    }

    private void each(@Nullable JsonNode oneOrMany, String what, Pattern pattern) {
        if (oneOrMany == null) {
            expect(!what.equals("Action"), "a statement has Action");
            return;
        }
        List<JsonNode> all = new ArrayList<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(all::add);
        } else {
            all.add(oneOrMany);
        }
        expect(!all.isEmpty(), what + " is not empty");
        all.forEach(one -> expect(
                one.isTextual() && pattern.matcher(one.asText()).matches(),
                what + " " + one + " looks like " + pattern));
    }

    private void expect(boolean holds, String what) {
        if (!holds) {
            problems.add("expected that " + what);
        }
    }
}
