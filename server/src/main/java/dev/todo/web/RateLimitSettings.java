package dev.todo.web;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How many requests each user and each address may make ({@code RATE_LIMIT_USER_READS} and so on). */
@ConfigurationProperties("rate.limit")
record RateLimitSettings(
        @DefaultValue User user, @DefaultValue Address address) {
    record User(
            @DefaultValue("1200/1m") String reads,
            @DefaultValue("600/1m") String writes,
            @DefaultValue("60/1m") String accounts) {
        User {
            RateLimitSettings.limits("", "USER", reads, writes, accounts);
        }

        Map<RequestKind, RateLimit> limits() {
            return RateLimitSettings.limits("", "USER", reads, writes, accounts);
        }
    }

    record Address(
            @DefaultValue("6000/1m") String reads,
            @DefaultValue("3000/1m") String writes,
            @DefaultValue("120/1m") String accounts) {
        Address {
            RateLimitSettings.limits("address-", "ADDRESS", reads, writes, accounts);
        }

        Map<RequestKind, RateLimit> limits() {
            return RateLimitSettings.limits("address-", "ADDRESS", reads, writes, accounts);
        }
    }

    private static Map<RequestKind, RateLimit> limits(
            String prefix, String whose, String reads, String writes, String accounts) {
        String variable = "RATE_LIMIT_" + whose;
        return Map.of(
                RequestKind.READS, RateLimit.parse(prefix + "reads", variable + "_READS", reads),
                RequestKind.WRITES, RateLimit.parse(prefix + "writes", variable + "_WRITES", writes),
                RequestKind.ACCOUNTS, RateLimit.parse(prefix + "accounts", variable + "_ACCOUNTS", accounts));
    }
}
