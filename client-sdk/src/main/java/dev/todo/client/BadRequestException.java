package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;

/** 400: the request could not be read, or has a bad parameter. */
public final class BadRequestException extends ProblemException {
    private static final long serialVersionUID = 1;

    BadRequestException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(problem, headers, facts);
    }
}
