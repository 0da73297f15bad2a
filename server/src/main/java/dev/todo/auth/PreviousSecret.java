package dev.todo.auth;

import dev.todo.problem.StartRefused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The secret before the present one: tokens signed with it are accepted until it is taken out of the settings. */
@ConfigurationProperties("better.auth.secret")
public record PreviousSecret(@Nullable String previous) {
    public PreviousSecret {
        previous = previous == null || previous.isBlank() ? null : previous;
        if (previous != null && !AuthSettings.isLongEnough(previous)) {
            throw new StartRefused("BETTER_AUTH_SECRET_PREVIOUS must be at least 32 bytes long, as it was before.");
        }
    }

    /** The secrets that tokens may be signed with, the present one first. */
    public List<String> acceptedWith(AuthSettings settings) {
        List<String> secrets = new ArrayList<>();
        if (settings.secret() != null) {
            secrets.add(settings.secret());
        }
        if (previous != null) {
            secrets.add(previous);
        }
        return secrets;
    }

    @Override
    public String toString() {
        return "PreviousSecret[" + (previous == null ? "unset" : "set") + "]";
    }
}
