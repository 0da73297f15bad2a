package dev.todo.web;

import dev.todo.problem.StartRefused;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Which web pages may call this server ({@code CORS_ORIGINS}): exact origins, separated by commas. */
@ConfigurationProperties("cors")
record CorsSettings(@DefaultValue List<String> origins) {
    CorsSettings {
        origins = origins.stream()
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .map(CorsSettings::checked)
                .toList();
    }

    private static String checked(String origin) {
        if (!origin.matches("https?://[A-Za-z0-9.\\[\\]:-]+") || !isOrigin(origin)) {
            throw new StartRefused(
                    "CORS_ORIGINS must be a list of exact origins such as https://app.example, separated by commas, but has \""
                            + origin + "\".");
        }
        return origin;
    }

    private static boolean isOrigin(String text) {
        try {
            return URI.create(text).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
