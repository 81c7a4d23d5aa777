package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was released stays: names, types and logical types, which a registry would let pass. */
class SchemaFreezeTest {
    private static final Path SCHEMAS = Path.of("schemas");

    /** Before the session became optional: records of them are read for ever, but their readers cannot read of an application. */
    private static final Set<String> ONLY_READ = Set.of("session-id-event-v1.avsc", "session-id-event-v2.avsc");

    static List<Path> released() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS.resolve("released"))) {
            return files.sorted().toList();
        }
    }

    static List<Path> current() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> frozen() throws IOException {
        return released().stream()
                .filter(file -> !ONLY_READ.contains(file.getFileName().toString()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("frozen")
    void shouldKeepEverythingThatWasReleased(Path released) throws IOException {
        assertThat(FrozenSchema.violations(parse(released), currentOf(released)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("released")
    void shouldReadEverythingThatWasEverWritten(Path released) throws IOException {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(currentOf(released), parse(released))
                        .getType())
                .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("current")
    void shouldHaveAReleasedCopyAndKeepTheHouseRules(Path current) throws IOException {
        String name = current.getFileName().toString().replace(".avsc", "");

        assertThat(released()).anyMatch(file -> file.getFileName().toString().startsWith(name + "-v"));
        assertThat(FrozenSchema.houseRules(parse(current))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp-millis | timestamp-micros",
                "io.sessionevents.v1 | io.sessionevents.v2",
                "\"BUSY\", | ",
                "\"name\": \"rawState\" | \"name\": \"rawStatus\"",
                "\"name\": \"sequence\",\\s+\"type\": \"long\" | \"name\": \"sequence\", \"type\": \"int\""
            })
    void shouldNotice(String pattern, String replacement) throws IOException {
        String text = Files.readString(SCHEMAS.resolve("session-state-changed.avsc"));
        String changed = text.replaceAll(pattern.strip(), replacement == null ? "" : replacement.strip());
        assertThat(changed).as("the change took place").isNotEqualTo(text);

        assertThat(FrozenSchema.violations(new Schema.Parser().parse(text), new Schema.Parser().parse(changed)))
                .isNotEmpty();
    }

    @Test
    void shouldAllowAnOptionalFieldMore() throws IOException {
        Schema old = parse(SCHEMAS.resolve("session-id-event.avsc"));
        List<Schema.Field> fields = new ArrayList<>();
        old.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field(
                "more",
                Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)),
                "doc",
                Schema.Field.NULL_DEFAULT_VALUE));
        Schema more = Schema.createRecord(old.getName(), old.getDoc(), old.getNamespace(), false, fields);

        assertThat(FrozenSchema.violations(old, more)).isEmpty();
    }

    private static Schema currentOf(Path released) throws IOException {
        return parse(SCHEMAS.resolve(released.getFileName().toString().replaceFirst("-v\\d+\\.avsc$", ".avsc")));
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }
}
