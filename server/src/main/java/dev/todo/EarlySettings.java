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
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads {@code .env} in the working directory, below the real environment, sees to it that both mean what they say, and
 * checks what Spring Boot itself takes from them before any settings record of ours.
 */
public class EarlySettings implements EnvironmentPostProcessor, Ordered {
    private static final String REAL = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    private static final int LARGEST_PORT = 65_535;
    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    @Override
    public int getOrder() {
        // Before the logging starts and before application.properties is read.
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            // What is set where the jar is built says nothing of where it runs.
            sources.replace(REAL, new SystemEnvironmentPropertySource(REAL, Map.of()));
            return;
        }
        Map<String, Object> real = real(sources);
        Map<String, Object> file = read();
        file.keySet().removeAll(real.keySet());
        sources.replace(REAL, new SystemEnvironmentPropertySource(REAL, literal(real)));
        // Spring Boot binds BETTER_AUTH_URL to better.auth.url only from sources named so.
        sources.addAfter(REAL, new SystemEnvironmentPropertySource("dotenv-" + REAL, literal(file)));
        String level = environment.getProperty("LOG_LEVEL", "").strip().toUpperCase(Locale.ROOT);
        if (!level.isEmpty() && !LEVELS.contains(level)) {
            throw new StartRefused("LOG_LEVEL must be one of trace, debug, info, warn, error.");
        }
        if (real.get("PORT") instanceof String port && port.isBlank()) {
            // Reactor Netty reads this variable of the real environment by itself, and fails.
            throw new StartRefused("PORT is blank: leave it out, or set it to a port from 1 to 65535.");
        }
        checkPort(environment.getProperty("PORT", ""));
        if (Environment.of(environment.getProperty("ENVIRONMENT")) == Environment.PRODUCTION) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("production", Map.of("logging.structured.format.console", "ecs")));
        }
    }

    private static Map<String, Object> real(MutablePropertySources sources) {
        return sources.get(REAL) instanceof SystemEnvironmentPropertySource real ? real.getSource() : Map.of();
    }

    /**
     * Leaves out what is blank, which is as good as not set, and escapes what Spring would take for a placeholder: a
     * password may well contain <code>${</code>.
     */
    private static Map<String, Object> literal(Map<String, Object> variables) {
        Map<String, Object> escaped = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            if (!value.toString().isBlank()) {
                escaped.put(name, escaped(value.toString()));
            }
        });
        return escaped;
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.startsWith("${", i) && isClosed(value, i + 2)) {
                escaped.append('\\');
            }
            escaped.append(value.charAt(i));
        }
        return escaped.toString();
    }

    /** Spring takes a placeholder, and a backslash before it, as text unless its braces match. */
    private static boolean isClosed(String value, int from) {
        int open = 1;
        for (int i = from; i < value.length() && open > 0; i++) {
            open += value.charAt(i) == '{' ? 1 : value.charAt(i) == '}' ? -1 : 0;
        }
        return open == 0;
    }

    private static void checkPort(String port) {
        if (!port.isEmpty() && !(port.matches("\\d{1,5}") && Integer.parseInt(port) <= LARGEST_PORT)) {
            throw new StartRefused("PORT must be a port from 1 to 65535, or 0 for any free one, without spaces.");
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
