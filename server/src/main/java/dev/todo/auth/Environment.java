package dev.todo.auth;

import dev.todo.problem.StartRefused;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where this server runs: production forgives nothing that helps on a developer's machine. */
public enum Environment {
    DEVELOPMENT,
    PRODUCTION;

    /** Reads the setting {@code ENVIRONMENT}; unset means development. */
    public static Environment of(@Nullable String setting) {
        if (setting == null || setting.isBlank()) {
            return DEVELOPMENT;
        }
        return Arrays.stream(values())
                .filter(environment ->
                        environment.name().toLowerCase(Locale.ROOT).equals(setting.strip()))
                .findFirst()
                .orElseThrow(() -> new StartRefused("ENVIRONMENT must be development or production."));
    }
}
