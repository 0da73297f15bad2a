package dev.todo.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much is left of one of the server's limits.
 *
 * <pre>{@code
 * for (RateLimit limit : todo.answer(client -> client.tasks().get(42)).rateLimits()) {
 *     System.out.println(limit.name() + ": " + limit.remaining() + " more within " + limit.resetsAfter());
 * }
 * }</pre>
 *
 * @param name what is counted, such as {@code reads}
 * @param remaining how many requests are left
 * @param resetsAfter when a new window begins
 * @param quota how many requests a window allows; null where the answer does not say
 * @param window how long a window is; null where the answer does not say
 */
public record RateLimit(
        String name,
        long remaining,
        Duration resetsAfter,
        @Nullable Long quota,
        @Nullable Duration window) {
    private static final Pattern LEFT = Pattern.compile("\"([^\"]{1,100})\";r=([0-9]{1,15});t=([0-9]{1,15})");
    private static final Pattern POLICY = Pattern.compile("\"([^\"]{1,100})\";q=([0-9]{1,15});w=([0-9]{1,15})");

    static List<RateLimit> in(HttpHeaders headers) {
        Map<String, Matcher> policies = new HashMap<>();
        for (String value : headers.allValues("RateLimit-Policy")) {
            for (Matcher policy = POLICY.matcher(value); policy.find(); ) {
                Matcher found = POLICY.matcher(policy.group());
                if (found.matches()) {
                    policies.put(found.group(1), found);
                }
            }
        }
        List<RateLimit> limits = new ArrayList<>();
        for (String value : headers.allValues("RateLimit")) {
            for (Matcher left = LEFT.matcher(value); left.find(); ) {
                Matcher policy = policies.get(left.group(1));
                limits.add(new RateLimit(
                        left.group(1),
                        Long.parseLong(left.group(2)),
                        Duration.ofSeconds(Long.parseLong(left.group(3))),
                        policy == null ? null : Long.valueOf(policy.group(2)),
                        policy == null ? null : Duration.ofSeconds(Long.parseLong(policy.group(3)))));
            }
        }
        return List.copyOf(limits);
    }
}
