package dev.todo.database;

import dev.todo.problem.Problem;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** What a statement's failure means. */
final class Failures {
    /** PostgreSQL calls it query_canceled; nobody cancels but its own statement_timeout. */
    private static final String TOOK_TOO_LONG = "57014";

    /** Both sides could wait for ever; PostgreSQL has undone all that one of them did. */
    private static final String DEADLOCK = "40P01";

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private Failures() {}

    /** Whether a row was refused by the constraint of this name. */
    static boolean breaks(Throwable error, String constraint) {
        return failure(error) instanceof PostgresqlException failure
                && constraint.equals(
                        failure.getErrorDetails().getConstraintName().orElse(null));
    }

    static boolean breaksForeignKey(Throwable error) {
        R2dbcException failure = failure(error);
        return failure != null && FOREIGN_KEY_VIOLATION.equals(failure.getSqlState());
    }

    static boolean isOutage(Throwable error) {
        R2dbcException failure = failure(error);
        if (failure == null) {
            return false;
        }
        String state = failure.getSqlState();
        return state == null
                ? failure instanceof R2dbcNonTransientResourceException
                : state.equals(TOOK_TOO_LONG)
                        || state.equals(DEADLOCK)
                        || state.startsWith("53")
                        || endedTheConnection(state);
    }

    static boolean endedTheConnection(Throwable error) {
        R2dbcException failure = failure(error);
        return failure != null && failure.getSqlState() != null && endedTheConnection(failure.getSqlState());
    }

    private static boolean endedTheConnection(String state) {
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static @Nullable R2dbcException failure(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException failure) {
                return failure;
            }
        }
        return null;
    }

    static String reason(Throwable error) {
        return NestedExceptionUtils.getMostSpecificCause(error).toString();
    }

    static Problem unavailable(@Nullable Throwable cause) {
        return Problem.unavailable("The database does not answer at the moment: try again in a few seconds.", cause);
    }
}
