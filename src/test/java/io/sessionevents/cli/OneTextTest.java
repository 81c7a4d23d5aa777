package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkSystemSetting;

/** What every command says of the same trouble: one text, that of {@code validate}. All are found by walking the tree. */
class OneTextTest {
    /** What commands are to be told besides; all others need nothing. */
    private static final Map<String, List<String>> ARGUMENTS = Map.of(
            "track", List.of("app/one"),
            "get-session", List.of("app/one"),
            "history", List.of("app/one"),
            "dlq show", List.of("0:0"),
            "health", List.of("--url", "http://127.0.0.1:1"),
            "sessions", List.of("--url", "http://127.0.0.1:1"));

    private static final Set<String> KAFKA =
            Set.of("track", "tail", "history", "dlq ls", "dlq show", "dlq replay", "topics list", "topics create");
    private static final Set<String> REGISTRY = Set.of("schemas check", "schemas register");
    private static final Set<String> AWS = Set.of("get-session");
    private static final Set<String> SERVICE = Set.of("health", "sessions");
    private static final Set<String> NOTHING = Set.of("run", "topology", "config", "completion", "version");

    private static final List<String> NO_CREDENTIALS = List.of("aws.region=us-east-1", "aws.profile=nobodys-profile");
    private static final List<String> NO_REGION = List.of("aws.profile=nobodys-profile");

    private static Map<String, Invocation.Result> withoutCredentials = Map.of();
    private static Map<String, Invocation.Result> withoutRegion = Map.of();

    @BeforeAll
    static void runAll() throws InterruptedException, ExecutionException {
        System.setProperty(SdkSystemSetting.AWS_EC2_METADATA_DISABLED.property(), "true");
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = started(executor, NO_CREDENTIALS);
            var second = started(executor, NO_REGION);
            withoutCredentials = ended(first);
            withoutRegion = ended(second);
        }
    }

    @AfterAll
    static void restore() {
        System.clearProperty(SdkSystemSetting.AWS_EC2_METADATA_DISABLED.property());
    }

    @Test
    void shouldKnowOfEveryCommandWhatItNeeds() {
        assertThat(Stream.of(KAFKA, REGISTRY, AWS, SERVICE, NOTHING, Set.of("validate"))
                        .flatMap(Set::stream))
                .containsExactlyInAnyOrderElementsOf(withoutCredentials.keySet());
    }

    @Test
    void shouldSayWhatValidateSays() throws IOException {
        for (var results : List.of(withoutCredentials, withoutRegion)) {
            Set<String> texts = texts(of(results, "validate"));
            assertThat(texts).hasSizeGreaterThanOrEqualTo(3);
            Stream.of(KAFKA, REGISTRY, AWS).flatMap(Set::stream).forEach(command -> {
                var result = of(results, command);
                assertThat(result.code()).as(command).isEqualTo(1);
                assertThat(result.err().lines()).as(command).isNotEmpty().isSubsetOf(texts);
            });
        }
        assertThat(of(withoutRegion, "get-session").err()).contains("no AWS Region is set");
        assertThat(of(withoutCredentials, "get-session").err())
                .contains("nobodys-profile")
                .hasLineCount(1);
        assertThat(of(withoutCredentials, "tail").err())
                .contains("Kafka at localhost:1 does not answer")
                .hasLineCount(1);
    }

    @Test
    void shouldSayTheSameOfAServiceThatDoesNotAnswer() {
        assertThat(SERVICE.stream()
                        .map(command -> of(withoutCredentials, command))
                        .map(result -> result.code() + result.err())
                        .distinct())
                .singleElement()
                .asString()
                .startsWith("1session-events: No service answers at http://127.0.0.1:1: ");
    }

    @Test
    void shouldEndWellWhereNothingIsNeeded() {
        NOTHING.forEach(command -> assertThat(of(withoutCredentials, command))
                .as(command)
                .returns(0, Invocation.Result::code)
                .returns("", Invocation.Result::err));
    }

    @Test
    void shouldNeverPrintAStackTrace() {
        Stream.of(withoutCredentials, withoutRegion)
                .flatMap(results -> results.values().stream())
                .forEach(result -> assertThat(result.out() + result.err()).doesNotContain("\tat ", "Exception in"));
    }

    private static Invocation.Result of(Map<String, Invocation.Result> results, String command) {
        return Objects.requireNonNull(results.get(command), command);
    }

    private static Map<String, Future<Invocation.Result>> started(ExecutorService executor, List<String> aws) {
        Map<String, Future<Invocation.Result>> running = new LinkedHashMap<>();
        CommandTree.leaves(Invocation.tree((commandLine, context) -> {})).forEach(command -> {
            String name = command.getCommandSpec().qualifiedName().replaceFirst("^session-events ", "");
            List<String> arguments = new ArrayList<>(List.of(name.split(" ")));
            arguments.addAll(ARGUMENTS.getOrDefault(name, List.of()));
            if (command.getCommandSpec().findOption("-X") != null) {
                Stream.concat(
                                Stream.of("bootstrap.servers=localhost:1", "schema.registry.url=http://localhost:1"),
                                aws.stream())
                        .forEach(setting -> arguments.addAll(List.of("-X", setting)));
            }
            if (name.equals("validate")) {
                arguments.addAll(List.of("--output", "json"));
            }
            running.put(name, executor.submit(() -> Invocation.run(arguments.toArray(String[]::new))));
        });
        return running;
    }

    private static Map<String, Invocation.Result> ended(Map<String, Future<Invocation.Result>> running)
            throws InterruptedException, ExecutionException {
        Map<String, Invocation.Result> results = new LinkedHashMap<>();
        for (var one : running.entrySet()) {
            results.put(one.getKey(), one.getValue().get());
        }
        return results;
    }

    private static Set<String> texts(Invocation.Result validate) throws IOException {
        JsonNode outcome = new ObjectMapper().readTree(validate.out());
        assertThat(outcome.path("ok").asBoolean()).isFalse();
        Set<String> texts = new HashSet<>();
        for (JsonNode check : outcome.path("checks")) {
            for (JsonNode finding : check.path("findings")) {
                texts.add(Stream.of(
                                "session-events:",
                                finding.path("what").asText(),
                                finding.path("fix").asText())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" ")));
            }
        }
        return texts;
    }
}
