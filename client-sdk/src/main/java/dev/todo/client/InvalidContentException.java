package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;

/** 422: a value breaks its rules; {@link #errors} says which. */
public final class InvalidContentException extends ProblemException {
    private static final long serialVersionUID = 1;

    InvalidContentException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(problem, headers, facts);
    }
}
