package dev.todo.web;

import dev.todo.problem.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where operators find the metrics ({@code MANAGEMENT_PORT}, {@code MANAGEMENT_ADDRESS}); port 0 is any free one. */
@ConfigurationProperties("management")
record MetricsSettings(
        @DefaultValue("8081") int port,
        @DefaultValue("127.0.0.1") String address) {
    private static final int LARGEST_PORT = 65_535;

    MetricsSettings {
        if (port < 0 || port > LARGEST_PORT) {
            throw new StartRefused("MANAGEMENT_PORT must be a port from 1 to 65535.");
        }
    }
}
