package dev.todo.database;

import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcException;

/** PostgreSQL's own "no" to a statement. */
final class Refusal extends R2dbcException implements PostgresqlException {
    private static final long serialVersionUID = 1;

    private static final String NO_SUCH_STATEMENT = "26000";
    private static final String NOT_SUPPORTED = "0A000";
    private static final String ANOTHER_PLAN = "RevalidateCachedQuery";

    private final transient ErrorDetails details;

    Refusal(ErrorDetails details) {
        super(details.getMessage(), details.getCode());
        this.details = details;
    }

    @Override
    public ErrorDetails getErrorDetails() {
        return details;
    }

    /** What was prepared is no longer there, or of no use since a table has changed. */
    boolean isOfThePreparation() {
        return switch (details.getCode()) {
            case NO_SUCH_STATEMENT -> true;
            case NOT_SUPPORTED ->
                details.getRoutine().filter(ANOTHER_PLAN::equals).isPresent();
            default -> false;
        };
    }
}
