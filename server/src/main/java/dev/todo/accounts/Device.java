package dev.todo.accounts;

import org.jspecify.annotations.Nullable;

/** Where somebody signs in from. All addresses of a network are easily one client's. */
public record Device(
        String address, String network, @Nullable String userAgent) {
    private static final int LONGEST = 256;

    public Device {
        if (userAgent != null && userAgent.codePointCount(0, userAgent.length()) > LONGEST) {
            userAgent = userAgent.substring(0, userAgent.offsetByCodePoints(0, LONGEST));
        }
    }
}
