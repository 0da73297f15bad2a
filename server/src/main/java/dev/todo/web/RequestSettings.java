package dev.todo.web;

import dev.todo.problem.StartRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How long a request may take ({@code REQUEST_TIMEOUT}). */
@ConfigurationProperties("request")
record RequestSettings(@DefaultValue("30s") Duration timeout) {
    RequestSettings {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new StartRefused("REQUEST_TIMEOUT must be longer than nothing, for example 30s.");
        }
    }
}
