package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;

/** 401: the access token was refused, or the password was. */
public final class UnauthenticatedException extends ProblemException {
    private static final long serialVersionUID = 1;

    UnauthenticatedException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(problem, headers, facts);
    }
}
