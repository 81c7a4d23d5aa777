package io.sessionevents.cli;

import io.sessionevents.session.Source;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes names of sources, configured or not. */
final class SourceConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        try {
            return Source.name(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
