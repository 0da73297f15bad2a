package dev.todo;

import dev.todo.problem.StartRefused;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.PlaceholderResolutionException;

/** Says in one sentence why the server does not start, where the reason is the operator's to mend. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class StartFailure implements SpringBootExceptionReporter {
    public StartFailure(@Nullable ConfigurableApplicationContext context) {}

    @Override
    @SuppressWarnings("SystemOut") // The logging may not have started yet, or may have ended.
    public boolean reportException(Throwable failure) {
        String sentence = sentence(failure);
        if (sentence == null) {
            return false;
        }
        System.err.println("The server does not start: " + sentence);
        return true;
    }

    private static @Nullable String sentence(Throwable failure) {
        StartRefused refused = find(StartRefused.class, failure);
        if (refused != null) {
            return refused.getMessage();
        }
        PortInUseException port = find(PortInUseException.class, failure);
        if (port != null) {
            return "port %d is in use; set PORT to a free one.".formatted(port.getPort());
        }
        BindException bind = find(BindException.class, failure);
        if (bind != null) {
            return "%s must be %s.".formatted(environmentName(bind), kind(bind));
        }
        if (find(PlaceholderResolutionException.class, failure) != null) {
            // Its message shows the value.
            return "a property refers with ${...} to one that is not set.";
        }
        return null;
    }

    private static String kind(BindException bind) {
        Class<?> type = bind.getTarget().getType().resolve(Object.class);
        return type == int.class ? "a whole number" : type == Duration.class ? "a time such as 5s" : "a valid value";
    }

    /** The value is never shown: it may be a secret. */
    private static String environmentName(BindException bind) {
        return bind.getName().toString().toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, @Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
