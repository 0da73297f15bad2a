package dev.todo.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** An answer of the contract's, made from its own examples, and ways to spoil it. */
final class Answer {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "application/json",
            "ETag", "\"3\"",
            "RateLimit", "\"reads\";r=1199;t=60",
            "RateLimit-Policy", "\"reads\";q=1200;w=60",
            "X-Request-Id", "7f3c2a90b1d84e6f");

    private final int status;
    private final Map<String, List<String>> headers = new TreeMap<>();
    private final byte[] body;

    private Answer(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers.putAll(headers);
        this.body = body;
    }

    static Answer example(int status, String example) {
        return of(status, value(example).toString().getBytes(UTF_8));
    }

    static Answer of(int status, byte[] body) {
        Answer answer = new Answer(status, Map.of(), body);
        HEADERS.forEach((name, value) -> answer.headers.put(name, List.of(value)));
        return answer;
    }

    static Answer problem(int status, String example) {
        return example(status, example).with("Content-Type", "application/problem+json");
    }

    static JsonNode value(String example) {
        return Json.mapper()
                .valueToTree(requireNonNull(ContractCheck.document()
                                .getComponents()
                                .getExamples()
                                .get(example))
                        .getValue());
    }

    int status() {
        return status;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    String text() {
        return new String(body, UTF_8);
    }

    void given(ContractCheck check, String method, String path) {
        check.answer(method, URI.create("http://localhost" + path), status, headers, body);
    }

    Answer as(int otherStatus) {
        return new Answer(otherStatus, headers, body);
    }

    Answer with(String header, String value) {
        Answer changed = new Answer(status, headers, body);
        changed.headers.put(header, List.of(value));
        return changed;
    }

    Answer without(String header) {
        Answer changed = new Answer(status, headers, body);
        changed.headers.remove(header);
        return changed;
    }

    Answer with(byte[] other) {
        return new Answer(status, headers, other);
    }

    Answer with(String other) {
        return with(other.getBytes(UTF_8));
    }

    Answer gzipped() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return with("Content-Encoding", "gzip").with(bytes.toByteArray());
    }

    Answer edited(Consumer<ObjectNode> edit) {
        try {
            ObjectNode json = (ObjectNode) Json.mapper().readTree(text());
            edit.accept(json);
            return with(json.toString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
