package dev.todo;

import dev.todo.auth.Environment;
import dev.todo.problem.StartRefused;
import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads {@code .env} in the working directory, below the real environment, and checks what Spring Boot itself takes
 * from it before any settings record of ours.
 */
public class EarlySettings implements EnvironmentPostProcessor, Ordered {
    private static final int LARGEST_PORT = 65_535;
    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    @Override
    public int getOrder() {
        // Before the logging starts and before application.properties is read.
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addAfter(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        // Spring Boot binds BETTER_AUTH_URL to better.auth.url only from sources named so.
                        new SystemEnvironmentPropertySource(
                                "dotenv-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, read()));
        String level = environment.getProperty("LOG_LEVEL", "").strip().toUpperCase(Locale.ROOT);
        if (!level.isEmpty() && !LEVELS.contains(level)) {
            throw new StartRefused("LOG_LEVEL must be one of trace, debug, info, warn, error.");
        }
        checkPort(environment.getProperty("PORT", "").strip());
        if (Environment.of(environment.getProperty("ENVIRONMENT")) == Environment.PRODUCTION) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("production", Map.of("logging.structured.format.console", "ecs")));
        }
    }

    private static void checkPort(String port) {
        if (!port.isEmpty() && !(port.matches("\\d{1,5}") && Integer.parseInt(port) <= LARGEST_PORT)) {
            throw new StartRefused("PORT must be a port from 1 to 65535, or 0 for any free one.");
        }
    }

    private static Map<String, Object> read() {
        Map<String, Object> values = new LinkedHashMap<>();
        try {
            Dotenv file = Dotenv.configure().ignoreIfMissing().load();
            for (DotenvEntry entry : file.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                values.put(entry.getKey(), entry.getValue());
            }
        } catch (DotenvException e) {
            throw new StartRefused("The file .env cannot be read: write each setting as NAME=value, one a line.");
        }
        return values;
    }
}
