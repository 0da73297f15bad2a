package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.todo.contract.Contract.Declared;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with one answer. */
final class AnswerCheck {
    private static final String PROBLEM = "application/problem+json";

    private final SchemaCheck schemas;
    private final String method;
    private final int status;
    private final Fields headers;
    private final List<String> violations = new ArrayList<>();

    AnswerCheck(SchemaCheck schemas, String method, int status, Fields headers) {
        this.schemas = schemas;
        this.method = method;
        this.status = status;
        this.headers = headers;
    }

    /** The declared answer with this status, or else the text that the contract has for all answers. */
    List<String> violations(@Nullable Declared operation, byte[] sent) {
        byte[] body = headers.decoded(sent, violations);
        if (operation == null) {
            undeclared(body);
            return violations;
        }
        ApiResponse declared = operation.operation().getResponses().get(Integer.toString(status));
        if (declared == null) {
            violations.add("the status is none of "
                    + String.join(", ", operation.operation().getResponses().keySet()));
        } else {
            headers(declared.getHeaders() == null ? Map.of() : declared.getHeaders());
            body(declared.getContent(), body);
        }
        return violations;
    }

    /** Whatever is asked for, a refusal is a problem; and who asks whether a page may call is answered in headers. */
    private void undeclared(byte[] body) {
        headers(Map.of("X-Request-Id", Contract.header("X-Request-Id")));
        if (status >= 400) {
            body(new Content().addMediaType(PROBLEM, new MediaType().schema(Contract.schema("Problem"))), body);
        } else if (!method.equals("OPTIONS")) {
            violations.add("the contract has no such operation");
        }
    }

    private void headers(Map<String, Header> declared) {
        declared.forEach((name, header) -> {
            List<String> values = headers.values(name);
            if (values.isEmpty() && Boolean.TRUE.equals(header.getRequired())) {
                violations.add("header %s is missing".formatted(name));
            }
            values.forEach(value -> violations.addAll(schemas.violations("header " + name, value, header.getSchema())));
        });
    }

    private void body(@Nullable Content declared, byte[] body) {
        if (method.equals("HEAD") || declared == null) {
            if (body.length > 0) {
                violations.add("there is a body, and there must be none");
            }
            return;
        }
        String type = headers.mediaType();
        MediaType media = declared.get(type);
        if (media == null) {
            violations.add(
                    type.isEmpty()
                            ? "header Content-Type is missing"
                            : "header Content-Type is none of " + String.join(", ", declared.keySet()));
        } else if (Bodies.isJson(type)) {
            JsonNode json = Bodies.json(body, violations);
            if (json != null) {
                violations.addAll(schemas.violations("body", json, media.getSchema()));
                problem(type, json);
            }
        } else {
            Bodies.file(media.getSchema(), body, schemas, violations);
        }
    }

    /** What the contract says of problems in words. */
    private void problem(String type, JsonNode json) {
        if (!type.equals(PROBLEM)) {
            return;
        }
        if (json.path("status").isInt() && json.path("status").asInt() != status) {
            violations.add("body /status is not that of the answer");
        }
        boolean texts = json.path("type").isTextual() && json.path("code").isTextual();
        if (texts
                && !json.path("type")
                        .asText()
                        .matches(".*/" + Pattern.quote(json.path("code").asText()))) {
            violations.add("body /code is not the last part of /type");
        }
    }
}
