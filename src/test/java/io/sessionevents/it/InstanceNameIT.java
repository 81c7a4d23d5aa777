package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the group of a real broker knows of instances with a name of their own, a given one and none. */
class InstanceNameIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path directory;

    private static LocalEnvironment environment;
    private static Admin admin;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
        admin = Admin.create(Map.of("bootstrap.servers", environment.kafka().bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        environment.close();
    }

    @Test
    void shouldKeepANameOfItsOwnAndLeaveTheGroupWhenItIsStopped() throws Exception {
        String name;
        try (RunningService _ = RunningService.quick(environment, settings("own"))) {
            name = name("own");
        }
        assertThat(name).startsWith("own-").endsWith("-1");
        assertThat(members("own")).isEmpty();

        try (RunningService _ = RunningService.quick(environment, settings("own"))) {
            assertThat(name("own")).isEqualTo(name);
        }
    }

    @Test
    void shouldStayInTheGroupUnderAGivenName() throws Exception {
        Map<String, String> settings = settings("given");
        settings.put("kafka.group.instance.id", "billing");
        try (RunningService _ = RunningService.quick(environment, settings)) {
            assertThat(name("given")).isEqualTo("billing-1");
        }

        assertThat(members("given")).hasSize(1);
    }

    @Test
    void shouldHaveNoNameWhereNoneIsWanted() throws Exception {
        Map<String, String> settings = settings("nobody");
        settings.put("instance.name", "none");
        try (RunningService _ = RunningService.quick(environment, settings)) {
            assertThat(members("nobody"))
                    .singleElement()
                    .satisfies(member -> assertThat(member.groupInstanceId()).isEmpty());
        }

        assertThat(members("nobody")).isEmpty();
    }

    @Test
    void shouldEndWhoseNameAnotherProcessTakes() throws Exception {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.putAll(settings("twins"));
        settings.put("kafka.group.instance.id", "billing");
        Path home = ServiceProcess.builtDistribution();
        try (ChildProcess first = ServiceProcess.start(home, directory, "first", settings, "-Xmx192m")) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> members("twins").size() == 1);
            settings.put("kafka.state.dir", directory.resolve("other").toString());
            try (ChildProcess second = ServiceProcess.start(home, directory, "second", settings, "-Xmx192m")) {
                int exit = first.awaitEnd(PATIENCE);

                assertThat(exit).as(first.log()).isEqualTo(1);
                assertThat(first.log())
                        .contains("Another process has taken the name \"billing\"")
                        .doesNotContain("\tat ")
                        .doesNotContain("is replaced");
                assertThat(second.alive()).isTrue();
            }
        }
    }

    private static Map<String, String> settings(String application) {
        Map<String, String> settings = new HashMap<>();
        settings.put("application.id", application);
        settings.put(
                "kafka.state.dir", directory.resolve("state-" + application).toString());
        return settings;
    }

    private static String name(String group) throws ExecutionException, InterruptedException {
        return members(group).iterator().next().groupInstanceId().orElse("");
    }

    private static Collection<MemberDescription> members(String group) throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .members();
    }
}
