package io.sessionevents;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the package table of docs/design.md. */
@AnalyzeClasses(packages = "io.sessionevents", importOptions = ArchitectureTest.ProductionCode.class)
class ArchitectureTest {
    private static final String CONFLUENT = "org.apache.flink..";

    /** Production classes only: not the tests, not the local environment, not what Avro generated. */
    static final class ProductionCode implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return location.contains("/target/classes/") && !location.contains("/io/sessionevents/v1/");
        }
    }

    @ArchTest
    static final ArchRule packagesKnowOnlyWhatTheyMay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.sessionevents..")
            .layer("session")
            .definedBy("io.sessionevents.session..")
            .layer("config")
            .definedBy("io.sessionevents.config..")
            .layer("calls")
            .definedBy("io.sessionevents.calls..")
            .layer("health")
            .definedBy("io.sessionevents.health..")
            .layer("kafka")
            .definedBy("io.sessionevents.kafka..")
            .layer("emr")
            .definedBy("io.sessionevents.emr..")
            .layer("tracking")
            .definedBy("io.sessionevents.tracking..")
            .layer("streams")
            .definedBy("io.sessionevents.streams..")
            .layer("avro")
            .definedBy("io.sessionevents.avro..")
            .layer("history")
            .definedBy("io.sessionevents.history..")
            .layer("http")
            .definedBy("io.sessionevents.http..")
            .layer("metrics")
            .definedBy("io.sessionevents.metrics..")
            .layer("settings")
            .definedBy("io.sessionevents.settings..")
            .layer("logging")
            .definedBy("io.sessionevents.logging..")
            .layer("preflight")
            .definedBy("io.sessionevents.preflight..")
            .layer("cli")
            .definedBy("io.sessionevents.cli..")
            .layer("root")
            .definedBy("io.sessionevents")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers(
                    "calls", "kafka", "emr", "tracking", "streams", "avro", "http", "settings", "cli")
            .whereLayer("calls")
            .mayOnlyBeAccessedByLayers(
                    "health", "streams", "emr", "tracking", "http", "metrics", "settings", "preflight", "cli", "root")
            .whereLayer("health")
            .mayOnlyBeAccessedByLayers("streams", "history", "http", "root")
            .whereLayer("kafka")
            .mayOnlyBeAccessedByLayers("tracking", "streams", "settings", "preflight", "cli", "root")
            .whereLayer("emr")
            .mayOnlyBeAccessedByLayers("settings", "preflight", "cli", "root")
            .whereLayer("tracking")
            .mayOnlyBeAccessedByLayers("avro", "metrics", "settings", "preflight", "cli", "root")
            .whereLayer("streams")
            .mayOnlyBeAccessedByLayers("metrics", "settings", "preflight", "cli", "root")
            .whereLayer("avro")
            .mayOnlyBeAccessedByLayers("history", "metrics", "settings", "preflight", "cli", "root")
            .whereLayer("history")
            .mayOnlyBeAccessedByLayers("cli", "root")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("settings", "root")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("settings")
            .mayOnlyBeAccessedByLayers("preflight", "cli", "root")
            .whereLayer("logging")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("preflight")
            .mayOnlyBeAccessedByLayers("cli", "root")
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .because("arrows go down only, so that each room can be understood without those above it");

    @ArchTest
    static final ArchRule theDomainKnowsTheLanguageOnly = noClasses()
            .that()
            .resideInAPackage("io.sessionevents.session..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "io.sessionevents.session..", "org.jspecify..")
            .because("what is decided must be testable without anything that runs");

    @ArchTest
    static final ArchRule callsKnowTheDomainOnly = noClasses()
            .that()
            .resideInAPackage("io.sessionevents.calls..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "io.sessionevents.calls..",
                    "io.sessionevents.session..",
                    "io.sessionevents.config..",
                    "org.jspecify..",
                    "org.slf4j..")
            .because("the budget must be provable without Kafka and without the AWS SDK");

    @ArchTest
    static final ArchRule theMechanismOfTheConfigurationKnowsNothingElse = noClasses()
            .that()
            .resideInAPackage("io.sessionevents.config..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..", "io.sessionevents.config..", "io.sessionevents.masking..", "org.jspecify..")
            .because("what is configured stands beside what it configures");

    @ArchTest
    static final ArchRule theRootIsFourClasses = noClasses()
            .that()
            .resideInAPackage("io.sessionevents")
            .and()
            .areTopLevelClasses()
            .should()
            .haveNameNotMatching("io\\.sessionevents\\.(Main|SessionEvents|ServiceRun|Version|package-info)")
            .because("who reads the wiring reads all of it");

    @ArchTest
    static final ArchRule noCircles = slices().matching("io.sessionevents.(*)..")
            .should()
            .beFreeOfCycles()
            .because("each room can be understood without those above it");

    @ArchTest
    static final ArchRule maskingKnowsTheLanguageOnly = noClasses()
            .that()
            .resideInAPackage("io.sessionevents.masking..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "io.sessionevents.masking..", "org.jspecify..")
            .because("every package may use it");

    @ArchTest
    static final ArchRule httpKnowsItsPortsOnly = noClasses()
            .that()
            .resideInAPackage("io.sessionevents.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.sessionevents.tracking..", "io.micrometer..")
            .because("it asks ports, so that it can be tested without a broker");

    @ArchTest
    static final ArchRule oneClassKnowsTheRegistryClient = noClasses()
            .that()
            .haveNameNotMatching(".*\\.ConfluentSchemaRegistry(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONFLUENT)
            .because("it is republished under a name of Flink's, and may have to be exchanged");

    @ArchTest
    static final ArchRule theAwsSdkStaysInItsPackage = noClasses()
            .that()
            .resideInAPackage("io.sessionevents..")
            .and()
            .resideOutsideOfPackage("io.sessionevents.emr..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..")
            .because("what AWS answers is checked at the border, and only there");

    @ArchTest
    static final ArchRule theWireKnowsInterfacesOfTheSdkOnly = noClasses()
            .that()
            .resideInAPackage("io.sessionevents.emr.wire..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "javax.net.ssl..",
                    "io.sessionevents.emr.wire..",
                    "software.amazon.awssdk.http..",
                    "software.amazon.awssdk.utils..",
                    "org.jspecify..")
            .because("the SDK may change above it, and another client take its place");

    @ArchTest
    static final ArchRule onlyTheWayToAwsUsesTheWire = noClasses()
            .that()
            .resideOutsideOfPackage("io.sessionevents.emr..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sessionevents.emr.wire..")
            .because("it does what AWS needs of HTTP, and no more");

    @ArchTest
    static void timeIsInjected(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sessionevents")
                // The SDK makes it by its name.
                .and()
                .doNotHaveFullyQualifiedName("io.sessionevents.emr.CredentialsHttp")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("time and the environment are injected, so that tests need not wait")
                .check(classes);
    }

    /** Main sets the locale of the process; what turns keys and names into others says which it means all the same. */
    @ArchTest
    static void caseDoesNotDependOnTheLocale(JavaClasses classes) {
        noClasses()
                .should()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(java.util.Locale.class, "getDefault")
                .because("a Turkish machine must read the same keys")
                .check(classes);
    }
}
