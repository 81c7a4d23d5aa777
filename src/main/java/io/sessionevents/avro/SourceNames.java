package io.sessionevents.avro;

import io.sessionevents.session.Source;
import org.jspecify.annotations.Nullable;

/** Names of sources in records: null stands for the default one, whose records are what they were before there were others. */
final class SourceNames {
    private SourceNames() {}

    static @Nullable String toAvro(String source) {
        return source.equals(Source.DEFAULT) ? null : source;
    }

    static String fromAvro(@Nullable String source) {
        return source == null ? Source.DEFAULT : source;
    }
}
