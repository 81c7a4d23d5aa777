package io.sessionevents.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds the rooms of {@code src/local}. */
@AnalyzeClasses(packages = "io.sessionevents.local", importOptions = LocalArchitectureTest.LocalCode.class)
class LocalArchitectureTest {

    /** Tests are compiled into the same directory; what is not one has its source in {@code src/local}. */
    static final class LocalCode implements ImportOption {
        private static final Pattern TYPE = Pattern.compile("/(io/sessionevents/local/[^$]*?)(\\$.*)?\\.class$");

        @Override
        public boolean includes(Location location) {
            Matcher type = TYPE.matcher(location.asURI().toString());
            return type.find() && Files.exists(Path.of("src/local/java", type.group(1) + ".java"));
        }
    }

    @ArchTest
    static final ArchRule roomsPointOnlyDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("simulator")
            .definedBy("io.sessionevents.local.simulator..")
            .layer("judge")
            .definedBy("io.sessionevents.local.judge..")
            .layer("testbed")
            .definedBy("io.sessionevents.local.testbed..")
            .layer("scenario")
            .definedBy("io.sessionevents.local.scenario..")
            .layer("command")
            .definedBy("io.sessionevents.local.command..")
            .whereLayer("judge")
            .mayOnlyBeAccessedByLayers("testbed", "scenario", "command")
            .whereLayer("testbed")
            .mayOnlyBeAccessedByLayers("scenario", "command")
            .whereLayer("scenario")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .because("each room can be understood without those above it");

    @ArchTest
    static final ArchRule theJudgeSharesNoCodeWithTheService = noClasses()
            .that()
            .resideInAnyPackage("io.sessionevents.local.judge..", "io.sessionevents.local.simulator..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sessionevents..")
                    .and(resideOutsideOfPackage("io.sessionevents.local.."))
                    .or(resideInAPackage("io.sessionevents.local.testbed..")))
            .because("the judge would share the mistakes of the judged");

    @ArchTest
    static final ArchRule waitingKnowsNoRoom = noClasses()
            .that()
            .resideInAPackage("io.sessionevents.local")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sessionevents.local.*..")
            .because("every room waits");

    @ArchTest
    static final ArchRule theLocalEnvironmentKnowsNoTest = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.assertj..", "org.awaitility..")
            .because("it ships with the simulator's image, without the test libraries");
}
