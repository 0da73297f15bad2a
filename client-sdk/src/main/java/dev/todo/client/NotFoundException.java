package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;

/** 404: nothing is there for this user. */
public final class NotFoundException extends ProblemException {
    private static final long serialVersionUID = 1;

    NotFoundException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(problem, headers, facts);
    }
}
