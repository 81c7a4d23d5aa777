package io.sessionevents;

import static java.util.regex.Matcher.quoteReplacement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.avro.UsageEvents;
import io.sessionevents.cli.AvroJson;
import io.sessionevents.session.UsageRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the template of docs/billing.md makes of usage records. */
final class MeterEvents {
    private static final Pattern VALUE = Pattern.compile("\"<([\\w.]+)>\"");
    private static final Pattern PART = Pattern.compile("<([\\w.]+)>");
    private static final List<String> NUMBERS = List.of("vcpu_hours", "memory_gb_hours");

    private MeterEvents() {}

    /** One for each record that has a number. */
    static List<JsonNode> of(BillingDatabase database, List<UsageRecord> usage) throws IOException, SQLException {
        String template = template();
        List<JsonNode> events = new ArrayList<>();
        for (UsageRecord record : usage) {
            JsonNode values = values(database, record);
            String filled = VALUE.matcher(template)
                    .replaceAll(place ->
                            quoteReplacement(value(values, place.group(1)).toString()));
            JsonNode event = new ObjectMapper()
                    .readTree(PART.matcher(filled)
                            .replaceAll(place -> quoteReplacement(
                                    value(values, place.group(1)).asText())));
            var data = (ObjectNode) event.path("data");
            data.remove(NUMBERS.stream()
                    .filter(number -> data.path(number).isNull())
                    .toList());
            if (NUMBERS.stream().anyMatch(data::has)) {
                events.add(event);
            }
        }
        return events;
    }

    private static String template() throws IOException {
        return DocumentBlocks.all().stream()
                .filter(block -> block.document().equals("docs/billing.md")
                        && block.language().equals("json"))
                .map(block -> String.join("\n", block.lines()))
                .findFirst()
                .orElseThrow();
    }

    /** The members of the record, and what it adds. */
    private static JsonNode values(BillingDatabase database, UsageRecord record) throws SQLException {
        ObjectNode values = AvroJson.of(UsageEvents.event(record));
        try (ResultSet added = database.statement().executeQuery("""
                SELECT vcpu_hours_added, memory_gb_hours_added FROM usage_records
                WHERE usageId = '%s' AND settledAt = TIMESTAMPTZ '%s'
                """.formatted(
                        record.usageId(), record.settledAt().toString().replace('T', ' ')))) {
            added.next();
            for (String number : NUMBERS) {
                values.set(number + "_added", text(added.getBigDecimal(number + "_added")));
            }
        }
        return values;
    }

    private static JsonNode text(@Nullable BigDecimal number) {
        return number == null
                ? NullNode.instance
                : JsonNodeFactory.instance.textNode(number.stripTrailingZeros().toPlainString());
    }

    /** Null for a label that the record lacks. */
    private static JsonNode value(JsonNode values, String place) {
        JsonNode value = values.at("/" + place.replace('.', '/'));
        if (value.isMissingNode() && !place.startsWith("labels.")) {
            throw new IllegalArgumentException("place: " + place + ", expected a member of the record");
        }
        return value.isMissingNode() ? NullNode.instance : value;
    }
}
