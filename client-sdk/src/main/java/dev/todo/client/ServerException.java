package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;

/** A fault of the server, or it cannot answer now. */
public final class ServerException extends ProblemException {
    private static final long serialVersionUID = 1;

    ServerException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(problem, headers, facts);
    }
}
