package dev.todo.web;

import dev.todo.problem.StartRefused;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/** How many requests are allowed in a window of time, and the name under which clients are told. */
record RateLimit(String name, int count, Duration window) {
    private static final Pattern SETTING = Pattern.compile("\\s*([0-9]{1,7})\\s*/\\s*(\\S+)\\s*");
    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Reads a setting such as {@code 1200/1m}. */
    static RateLimit parse(String name, String variable, String setting) {
        Matcher matcher = SETTING.matcher(setting);
        if (matcher.matches()) {
            int count = Integer.parseInt(matcher.group(1));
            Duration window = window(matcher.group(2));
            boolean wholeSeconds = window.equals(Duration.ofSeconds(window.toSeconds()));
            if (count > 0 && count <= MOST && wholeSeconds && !window.isZero() && window.compareTo(LONGEST) <= 0) {
                return new RateLimit(name, count, window);
            }
        }
        throw new StartRefused(variable + " must be a count and a time such as 1200/1m, at most " + MOST
                + " requests in whole seconds from 1s to 1d.");
    }

    private static Duration window(String text) {
        try {
            Duration window = DurationStyle.detectAndParse(text);
            return window.isNegative() ? Duration.ZERO : window;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Duration.ZERO;
        }
    }
}
