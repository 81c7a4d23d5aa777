package io.sessionevents.kafka;

import io.sessionevents.config.KeyText;
import io.sessionevents.config.Value;
import io.sessionevents.config.Values;
import io.sessionevents.masking.Secrets;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * Looks at each setting that is passed on to Kafka: what breaks a guarantee and what Kafka would not take are problems, what
 * Kafka does not know is a warning, since a login module or a reporter may know it.
 */
final class KafkaReview {
    /** Not refused: tracing comes this way. */
    private static final String INTERCEPTORS = "interceptor.classes";

    private static final String JAAS = "sasl.jaas.config";
    /** The value is fetched by a configuration provider later. */
    private static final String REFERENCE = "${";

    private final Values findings;

    KafkaReview(Values findings) {
        this.findings = findings;
    }

    /**
     * Looks at one.
     *
     * @param key with the prefix {@code kafka.}
     */
    void review(String key, Value value) {
        KafkaKey parsed = KafkaKey.parse(key.substring(KafkaKey.PREFIX.length()));
        var broken = KafkaRules.brokenBy(parsed, value.text());
        if (broken.isPresent()) {
            findings.problem(refusal(parsed, value, broken.get()));
        } else if (!parsed.known()) {
            findings.warning(
                    KeyText.of(key) + " (" + value.source() + ") is no setting that Kafka documents, did you mean "
                            + KafkaKey.PREFIX + parsed.nearest() + "? It is passed on as it is.");
        } else if (parsed.name().equals(INTERCEPTORS)) {
            findings.warning(key + " (" + value.source()
                    + ") lets other code change or drop records: the guarantees hold only if it does not.");
        } else if (!value.text().contains(REFERENCE)) {
            parse(parsed, value);
        }
    }

    private static String refusal(KafkaKey key, Value value, KafkaRule rule) {
        return shown(key, value) + ", which is refused: " + rule.reason() + ". "
                + (rule.expected().isEmpty() ? "Leave it out." : "Expected " + rule.expected() + ", or leave it out.");
    }

    private void parse(KafkaKey key, Value value) {
        ConfigDef.ConfigKey definition = key.definition();
        if (key.name().equals(JAAS)) {
            jaas(key, value);
        } else if (definition != null) {
            try {
                Object parsed = definition.type == ConfigDef.Type.CLASS
                        ? KafkaClasses.find(value.text().strip())
                        : ConfigDef.parseType(key.name(), value.text(), definition.type);
                if (definition.validator != null) {
                    definition.validator.ensureValid(key.name(), parsed);
                }
            } catch (ConfigException | ClassNotFoundException e) {
                findings.problem(shown(key, value) + ", expected " + expected(definition) + ".");
            }
        }
    }

    /** Its parser quotes the text, so nothing is said of what it says. */
    private void jaas(KafkaKey key, Value value) {
        try {
            JaasContext.loadClientContext(Map.of(JAAS, new Password(value.text())));
        } catch (IllegalArgumentException e) {
            findings.problem(shown(key, value)
                    + ", expected one login module, its options in double quotes, and a semicolon: MODULE required username=\"…\" password=\"…\";"
                    + " In a properties file a backslash is written twice.");
        }
    }

    private static String expected(ConfigDef.ConfigKey definition) {
        String type = switch (definition.type) {
            case INT, SHORT, LONG -> "a whole number";
            case DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            case CLASS -> "a class on the class path (lib/)";
            case LIST -> "a list, separated by commas";
            case STRING, PASSWORD -> "a text";
        };
        return definition.validator == null ? type : type + ", " + definition.validator;
    }

    private static String shown(KafkaKey key, Value value) {
        return key + " is \"" + Secrets.mask(key.toString(), value.text()) + "\" (" + value.source() + ")";
    }
}
