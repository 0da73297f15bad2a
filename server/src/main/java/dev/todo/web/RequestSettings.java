package dev.todo.web;

import dev.todo.problem.StartRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How long a request may take ({@code REQUEST_TIMEOUT}). */
@ConfigurationProperties("request")
record RequestSettings(@DefaultValue("30s") Duration timeout) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    RequestSettings {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new StartRefused("REQUEST_TIMEOUT must be a time from 1s to 10m, for example 30s.");
        }
    }
}
