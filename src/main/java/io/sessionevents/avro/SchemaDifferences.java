package io.sessionevents.avro;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Says in words in what two schemas do not go together. */
final class SchemaDifferences {
    private static final int LONGEST_TYPE = 80;

    private SchemaDifferences() {}

    /** In both directions, which is what the subjects of this project keep. */
    static List<String> betweenOurs(Schema ours, Schema registered) {
        return Stream.concat(
                        incompatibilities(ours, registered)
                                .map(found -> text(ours, found, "this version", "the registered one")),
                        incompatibilities(registered, ours)
                                .map(found -> text(registered, found, "the registered one", "this version")))
                .distinct()
                .toList();
    }

    /** Whether what others write can be read. A record of another name is taken by its fields, so it is none. */
    static List<String> readingWith(Schema ours, Schema registered) {
        if (!ours.getFullName().equals(registered.getFullName())) {
            return List.of();
        }
        return incompatibilities(ours, registered)
                .map(found -> text(ours, found, "this version", "the registered one"))
                .toList();
    }

    private static Stream<Incompatibility> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream();
    }

    private static String text(Schema root, Incompatibility found, String reader, String writer) {
        String place = place(root, found.getLocation());
        return switch (found.getType()) {
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                place + " " + found.getMessage() + " is in " + reader + " without a default, and not in " + writer;
            case MISSING_ENUM_SYMBOLS ->
                place + " has symbols in " + writer + " that are not in " + reader + ": " + found.getMessage();
            default ->
                place + " has " + brief(found.getReaderFragment()) + " in " + reader + ", "
                        + brief(found.getWriterFragment()) + " in " + writer + " ("
                        + found.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
        };
    }

    /** From a JSON pointer such as /fields/13/type/1/fields/2/type to: field session.name. */
    private static String place(Schema root, String pointer) {
        var path = new StringBuilder();
        Schema schema = root;
        String[] steps = pointer.split("/", -1);
        for (int i = 1; i + 1 < steps.length; i++) {
            if (steps[i].equals("fields") && schema.getType() == Schema.Type.RECORD) {
                Schema.Field field = schema.getFields().get(Integer.parseInt(steps[++i]));
                path.append(path.isEmpty() ? "" : ".").append(field.name());
                schema = field.schema();
            } else if (schema.getType() == Schema.Type.UNION && steps[i].matches("\\d+")) {
                schema = schema.getTypes().get(Integer.parseInt(steps[i]));
            } else if (steps[i].equals("items") && schema.getType() == Schema.Type.ARRAY) {
                schema = schema.getElementType();
            } else if (steps[i].equals("values") && schema.getType() == Schema.Type.MAP) {
                schema = schema.getValueType();
            }
        }
        return path.isEmpty() ? "the record" : "field " + path;
    }

    private static String brief(Schema schema) {
        String text = schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM
                ? schema.getType().getName() + " " + schema.getFullName()
                : schema.toString();
        return text.length() <= LONGEST_TYPE ? text : text.substring(0, LONGEST_TYPE) + "…";
    }
}
