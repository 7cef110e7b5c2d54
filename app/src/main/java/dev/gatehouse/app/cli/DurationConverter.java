package dev.gatehouse.app.cli;

import dev.gatehouse.app.configuration.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as the configuration writes them. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        return Durations.parse(value)
                .orElseThrow(() ->
                        new TypeConversionException("'" + value + "' is not a duration such as 30s, 15m, 24h or 90d"));
    }
}
