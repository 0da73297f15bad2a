package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;

/** 403: it is somebody else's, or this server does not do it. */
public final class ForbiddenException extends ProblemException {
    private static final long serialVersionUID = 1;

    ForbiddenException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(problem, headers, facts);
    }
}
