package dev.todo.auth;

import dev.todo.problem.StartRefused;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Whose tokens are accepted: those signed with the shared secret, those of the issuer, or both. */
@ConfigurationProperties("better.auth")
public record AuthSettings(
        @Nullable String secret,
        @Nullable String url,
        @Nullable String issuer,
        @Nullable String audience,
        @DefaultValue Jwks jwks) {
    private static final int SHORTEST_SECRET = 32;
    private static final Set<String> WEB = Set.of("http", "https");

    public record Jwks(@Nullable String url) {
        public Jwks {
            url = unlessBlank(url);
            if (url != null) {
                parse("BETTER_AUTH_JWKS_URL", url);
            }
        }
    }

    public AuthSettings {
        secret = unlessBlank(secret);
        url = unlessBlank(url);
        issuer = unlessBlank(issuer);
        audience = unlessBlank(audience);
        if (secret != null && !isLongEnough(secret)) {
            throw new StartRefused(
                    "BETTER_AUTH_SECRET must be at least 32 bytes long: make one with openssl rand -base64 32.");
        }
        if (url != null) {
            parse("BETTER_AUTH_URL", url);
        } else if (jwks.url() != null) {
            throw new StartRefused(
                    "BETTER_AUTH_JWKS_URL says where the keys are, but not whose:" + " set BETTER_AUTH_URL too.");
        }
    }

    /** The settings to run with: production must name a source of keys, development makes itself a secret. */
    public AuthSettings completed(Environment environment, Supplier<Path> dataDirectory) {
        if (environment == Environment.PRODUCTION) {
            if (secret == null && url == null) {
                throw new StartRefused("Nobody could sign in: with ENVIRONMENT=production,"
                        + " set BETTER_AUTH_URL or BETTER_AUTH_SECRET.");
            }
            return this;
        }
        return secret != null
                ? this
                : new AuthSettings(LocalSecret.keptIn(dataDirectory.get()), url, issuer, audience, jwks);
    }

    /** Where the issuer publishes its keys; null when there is no issuer. */
    @Nullable
    URL keysUrl() {
        if (jwks.url() != null) {
            return parse("BETTER_AUTH_JWKS_URL", jwks.url());
        }
        return url == null ? null : parse("BETTER_AUTH_URL", origin() + "/api/auth/jwks");
    }

    /** What the issuer's tokens carry as {@code iss} and {@code aud}: Better Auth drops the path of its URL. */
    String origin() {
        URL parsed = parse("BETTER_AUTH_URL", Objects.requireNonNull(url));
        boolean usualPort = parsed.getPort() == -1 || parsed.getPort() == parsed.getDefaultPort();
        String origin = parsed.getProtocol() + "://" + parsed.getHost() + (usualPort ? "" : ":" + parsed.getPort());
        return origin.toLowerCase(Locale.ROOT);
    }

    static boolean isLongEnough(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length >= SHORTEST_SECRET;
    }

    private static @Nullable String unlessBlank(@Nullable String setting) {
        return setting == null || setting.isBlank() ? null : setting;
    }

    private static URL parse(String variable, String setting) {
        try {
            URL url = URI.create(setting.strip()).toURL();
            if (WEB.contains(url.getProtocol()) && !url.getHost().isEmpty() && url.getUserInfo() == null) {
                return url;
            }
        } catch (MalformedURLException | IllegalArgumentException e) {
            // Falls through to the one sentence, which does not repeat what may hold a password.
        }
        throw new StartRefused(variable + " must be an absolute http or https URL, like https://app.example.com.");
    }

    @Override
    public String toString() {
        return "AuthSettings[secret=" + (secret == null ? "unset" : "set") + ", url=" + url + ", issuer=" + issuer
                + ", audience=" + audience + ", jwks=" + jwks + "]";
    }
}
