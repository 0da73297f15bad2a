package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.problem.StartRefused;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EarlySettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pa${ss}word",
                "${LOG_LEVEL:x}",
                "${LOG_LEVEL}",
                "${",
                "a\\${b}",
                "a\\\\${b}",
                "$${b}",
                "${a${b}}",
                "a\\b$c{d}#{1+1}"
            })
    void takeTheEnvironmentLiterally(String value) {
        StandardEnvironment environment = after(Map.of("DATABASE_URL", value, "LOG_LEVEL", "debug"));
        assertThat(environment.getProperty("database.url")).isEqualTo(value);
        assertThat(environment.resolvePlaceholders("${DATABASE_URL:none} ${LOG_LEVEL:info} ${PORT:8080}"))
                .isEqualTo(value + " debug 8080");
        assertThat(Binder.get(environment).bind("database.url", String.class).get())
                .isEqualTo(value);
    }

    @Test
    void takeTheEnvironmentLiterallyWhateverIsInIt() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder value = new StringBuilder("x");
            random.ints(12, 0, 7)
                    .forEach(i -> value.append(
                            List.of("${", "$", "{", "}", "\\", ":", "A").get(i)));
            takeTheEnvironmentLiterally(value.toString());
        }
    }

    @Test
    void takeBlankForNotSet() {
        StandardEnvironment environment = after(Map.of("DATABASE_POOL_SIZE", "", "MANAGEMENT_PORT", " "));
        assertThat(environment.getProperty("database.pool.size")).isNull();
        assertThat(environment.getProperty("management.port")).isNull();
        assertThat(environment.resolvePlaceholders("${PORT:8080}")).isEqualTo("8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " 8393 ", "8393 ", "+8393", "65536"})
    void refuseAPortThatReactorNettyCannotRead(String port) {
        assertThatThrownBy(() -> after(Map.of("PORT", port)))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("PORT ");
    }

    private static StandardEnvironment after(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        ConfigurationPropertySources.attach(environment);
        new EarlySettings().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
