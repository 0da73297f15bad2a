package dev.todo.accounts;

import org.jspecify.annotations.Nullable;

/** Where somebody signs in from. */
public record Device(String address, @Nullable String userAgent) {
    private static final int LONGEST = 256;

    public Device {
        if (userAgent != null && userAgent.codePointCount(0, userAgent.length()) > LONGEST) {
            userAgent = userAgent.substring(0, userAgent.offsetByCodePoints(0, LONGEST));
        }
    }
}
