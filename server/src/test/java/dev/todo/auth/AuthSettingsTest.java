package dev.todo.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.todo.auth.AuthSettings.Jwks;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class AuthSettingsTest {
    private static final String SECRET = "a secret of thirty-two bytes, or more";

    @TempDir
    Path directory;

    @Test
    void areBoundFromTheEnvironment() {
        AuthSettings settings = bound(Map.of(
                "BETTER_AUTH_SECRET", SECRET,
                "BETTER_AUTH_URL", "https://app.example.com",
                "BETTER_AUTH_ISSUER", "https://issuer.example.com",
                "BETTER_AUTH_AUDIENCE", "todo",
                "BETTER_AUTH_JWKS_URL", "http://web:3000/api/auth/jwks"));

        assertThat(settings)
                .isEqualTo(new AuthSettings(
                        SECRET,
                        "https://app.example.com",
                        "https://issuer.example.com",
                        "todo",
                        new Jwks("http://web:3000/api/auth/jwks")));
        assertThat(settings.keysUrl()).hasToString("http://web:3000/api/auth/jwks");
    }

    @Test
    void countEmptyAsUnset() {
        AuthSettings empty = bound(Map.of(
                "BETTER_AUTH_SECRET", "",
                "BETTER_AUTH_URL", "",
                "BETTER_AUTH_ISSUER", " ",
                "BETTER_AUTH_AUDIENCE", "",
                "BETTER_AUTH_JWKS_URL", ""));

        assertThat(empty).isEqualTo(new AuthSettings(null, null, null, null, new Jwks(null)));
        assertThat(bound(Map.of("BETTER_AUTH_SECRET", ""))).isEqualTo(empty);
        assertThat(empty.keysUrl()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, https://app.example.com",
        "https://app.example.com/, https://app.example.com",
        "https://App.Example.com:443/api/auth/, https://app.example.com",
        "http://localhost:3000/api/auth, http://localhost:3000",
        "http://better_auth:3000, http://better_auth:3000",
        "http://[::1]:3000/x?y=z, http://[::1]:3000"
    })
    void takeTheOriginOfTheUrl(String url, String origin) {
        AuthSettings settings = new AuthSettings(null, url, null, null, new Jwks(null));

        assertThat(settings.origin()).isEqualTo(origin);
        assertThat(settings.keysUrl()).hasToString(origin + "/api/auth/jwks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app.example.com", "/api", "ftp://x", "https://", "https:app", "http://user:pass@x", "http://a b"
            })
    void refuseUrl(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings(null, url, null, null, new Jwks(null)))
                .withMessage("BETTER_AUTH_URL must be an absolute http or https URL, like https://app.example.com.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Jwks(url))
                .withMessageStartingWith("BETTER_AUTH_JWKS_URL must be");
    }

    @Test
    void refuseShortSecretWithoutShowingIt() {
        String secret = "x".repeat(31);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings(secret, null, null, null, new Jwks(null)))
                .withMessageContaining("BETTER_AUTH_SECRET must be at least 32 bytes long")
                .withMessageNotContaining(secret);
        assertThat(new AuthSettings("é".repeat(16), null, null, null, new Jwks(null)).secret())
                .isNotNull();
    }

    @Test
    void refuseKeysOfNobody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings(null, null, null, null, new Jwks("https://x/jwks")))
                .withMessageEndingWith("set BETTER_AUTH_URL too.");
    }

    @Test
    void showNoSecret() {
        assertThat(new AuthSettings(SECRET, null, null, null, new Jwks(null)).toString())
                .doesNotContain(SECRET);
    }

    @Test
    void mustNameSourceOfKeysInProduction() {
        AuthSettings none = new AuthSettings(null, null, null, null, new Jwks(null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.completed(Environment.PRODUCTION, () -> directory))
                .withMessageEndingWith("set BETTER_AUTH_URL or BETTER_AUTH_SECRET.");
        AuthSettings issuer = new AuthSettings(null, "https://app.example.com", null, null, new Jwks(null));
        assertThat(issuer.completed(Environment.PRODUCTION, () -> directory)).isEqualTo(issuer);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void getLocalSecretInDevelopmentOnlyWhereTheyHaveNone() {
        AuthSettings issuer = new AuthSettings(null, "https://app.example.com", null, null, new Jwks(null));
        AuthSettings completed = issuer.completed(Environment.DEVELOPMENT, () -> directory);
        assertThat(completed.secret()).isNotNull();
        assertThat(completed.url()).isEqualTo(issuer.url());
        AuthSettings secret = new AuthSettings(SECRET, null, null, null, new Jwks(null));
        assertThat(secret.completed(Environment.DEVELOPMENT, () -> directory)).isEqualTo(secret);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "development"})
    void runInDevelopmentUnlessTold(@Nullable String setting) {
        assertThat(Environment.of(setting)).isEqualTo(Environment.DEVELOPMENT);
    }

    @Test
    void knowTwoEnvironments() {
        assertThat(Environment.of("production")).isEqualTo(Environment.PRODUCTION);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Environment.of("prod"))
                .withMessage("ENVIRONMENT must be development or production.");
    }

    private static AuthSettings bound(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("better.auth", AuthSettings.class);
    }
}
