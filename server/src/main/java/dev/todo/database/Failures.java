package dev.todo.database;

import dev.todo.problem.Problem;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** What a statement's failure means. */
final class Failures {
    /**
     * What passes: query_canceled, for nobody cancels but its own statement_timeout; lock_not_available, in time; and
     * read_only_sql_transaction, of a server that stands in for another one.
     */
    private static final Set<String> PASSING = Set.of("57014", "55P03", "25006");

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
        if (isTheLastWord(failure) || isOfThePreparation(failure)) {
            return true;
        }
        String state = failure.getSqlState();
        return state == null
                ? failure instanceof R2dbcNonTransientResourceException
                : PASSING.contains(state)
                        // Two transactions were in each other's way, and PostgreSQL has undone one of them.
                        || state.startsWith("40")
                        || state.startsWith("53")
                        || endedTheConnection(state);
    }

    static boolean endedTheConnection(Throwable error) {
        R2dbcException failure = failure(error);
        if (failure == null) {
            return false;
        }
        String state = failure.getSqlState();
        return isTheLastWord(failure) || (state != null && endedTheConnection(state));
    }

    /** Nothing else comes behind it, not even that PostgreSQL is ready. */
    static boolean isTheLastWord(R2dbcException failure) {
        if (!(failure instanceof PostgresqlException said)) {
            return false;
        }
        String severity = said.getErrorDetails().getSeverityNonLocalized();
        return "FATAL".equals(severity) || "PANIC".equals(severity);
    }

    private static boolean isOfThePreparation(R2dbcException failure) {
        return failure instanceof Refusal refusal && refusal.isOfThePreparation();
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
