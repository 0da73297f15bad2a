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
            limits(reads, writes, accounts);
        }

        Map<RequestKind, RateLimit> limits() {
            return limits(reads, writes, accounts);
        }

        private static Map<RequestKind, RateLimit> limits(String reads, String writes, String accounts) {
            return Map.of(
                    RequestKind.READS, RateLimit.parse("reads", "RATE_LIMIT_USER_READS", reads),
                    RequestKind.WRITES, RateLimit.parse("writes", "RATE_LIMIT_USER_WRITES", writes),
                    RequestKind.ACCOUNTS, RateLimit.parse("accounts", "RATE_LIMIT_USER_ACCOUNTS", accounts));
        }
    }

    record Address(
            @DefaultValue("6000/1m") String reads,
            @DefaultValue("3000/1m") String writes,
            @DefaultValue("120/1m") String accounts) {
        Address {
            limits(reads, writes, accounts);
        }

        Map<RequestKind, RateLimit> limits() {
            return limits(reads, writes, accounts);
        }

        private static Map<RequestKind, RateLimit> limits(String reads, String writes, String accounts) {
            return Map.of(
                    RequestKind.READS, RateLimit.parse("address-reads", "RATE_LIMIT_ADDRESS_READS", reads),
                    RequestKind.WRITES, RateLimit.parse("address-writes", "RATE_LIMIT_ADDRESS_WRITES", writes),
                    RequestKind.ACCOUNTS, RateLimit.parse("address-accounts", "RATE_LIMIT_ADDRESS_ACCOUNTS", accounts));
        }
    }
}
