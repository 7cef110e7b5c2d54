package dev.gatehouse.app.cli;

import dev.gatehouse.app.configuration.Endpoint;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code HOST:PORT}. */
final class EndpointConverter implements ITypeConverter<Endpoint> {
    @Override
    public Endpoint convert(String value) {
        return Endpoint.parse(value)
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is not an address: write HOST:PORT"));
    }
}
