package io.sessionevents.avro;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Compares a released schema with the current one, and a schema with the rules of this project. */
final class FrozenSchema {
    private FrozenSchema() {}

    static List<String> violations(Schema released, Schema current) {
        List<String> violations = new ArrayList<>();
        compare("", released, current, violations);
        for (var pair : List.of(List.of(released, current), List.of(current, released))) {
            var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(pair.get(0), pair.get(1));
            if (compatibility.getType() != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
                violations.add("incompatible: " + compatibility.getDescription());
            }
        }
        return violations;
    }

    static List<String> houseRules(Schema schema) {
        List<String> violations = new ArrayList<>();
        rules(schema.getName(), schema, new HashSet<>(), violations);
        return violations;
    }

    private static void compare(String path, Schema released, Schema current, List<String> violations) {
        if (released.getType() != current.getType()) {
            violations.add(path + ": was " + released.getType() + ", is " + current.getType());
            return;
        }
        if (!logical(released).equals(logical(current))) {
            violations.add(path + ": logical type was " + logical(released) + ", is " + logical(current));
        }
        switch (released.getType()) {
            case RECORD -> {
                names(path, released, current, violations);
                for (Schema.Field field : released.getFields()) {
                    Schema.Field now = current.getField(field.name());
                    String at = path + "/" + field.name();
                    if (now == null) {
                        violations.add(at + ": is gone");
                    } else {
                        compare(at, field.schema(), now.schema(), violations);
                    }
                }
            }
            case ENUM -> {
                names(path, released, current, violations);
                if (!current.getEnumSymbols().containsAll(released.getEnumSymbols())) {
                    violations.add(path + ": a symbol is gone");
                }
            }
            case ARRAY -> compare(path + "[]", released.getElementType(), current.getElementType(), violations);
            case MAP -> compare(path + "{}", released.getValueType(), current.getValueType(), violations);
            case UNION -> {
                for (int i = 0; i < released.getTypes().size(); i++) {
                    compare(path, released.getTypes().get(i), current.getTypes().get(i), violations);
                }
            }
            default -> {}
        }
    }

    private static void names(String path, Schema released, Schema current, List<String> violations) {
        if (!released.getFullName().equals(current.getFullName())) {
            violations.add(path + ": name was " + released.getFullName() + ", is " + current.getFullName());
        }
    }

    private static String logical(Schema schema) {
        LogicalType type = schema.getLogicalType();
        return type == null ? "none" : type.getName();
    }

    private static void rules(String path, Schema schema, Set<String> enclosing, List<String> violations) {
        switch (schema.getType()) {
            case RECORD -> {
                if (!enclosing.add(schema.getFullName())) {
                    violations.add(path + ": recursive");
                    return;
                }
                schema.getFields().forEach(field -> field(path + "/" + field.name(), field, enclosing, violations));
                enclosing.remove(schema.getFullName());
            }
            case ENUM -> check(path + ": default UNKNOWN", "UNKNOWN".equals(schema.getEnumDefault()), violations);
            case ARRAY -> rules(path, schema.getElementType(), enclosing, violations);
            case MAP -> rules(path, schema.getValueType(), enclosing, violations);
            case UNION -> schema.getTypes().forEach(type -> rules(path, type, enclosing, violations));
            default -> {}
        }
    }

    private static void field(String path, Schema.Field field, Set<String> enclosing, List<String> violations) {
        check(path + ": has a doc", field.doc() != null && !field.doc().isBlank(), violations);
        Schema type = field.schema();
        if (type.getType() == Schema.Type.UNION) {
            boolean optional = type.getTypes().size() == 2
                    && type.getTypes().getFirst().getType() == Schema.Type.NULL
                    && field.hasDefaultValue();
            check(path + ": optional is [null, T] default null", optional, violations);
            check(path + ": says what null means", field.doc().contains("Null:"), violations);
            type = type.getTypes().getLast();
        }
        boolean time = logical(type).equals("timestamp-millis");
        boolean named = field.name().endsWith("At") || field.name().endsWith("Since");
        check(path + ": timestamps, and only they, end in At or Since", time == named, violations);
        rules(path, field.schema(), enclosing, violations);
    }

    private static void check(String rule, boolean holds, List<String> violations) {
        if (!holds) {
            violations.add(rule);
        }
    }
}
