package dev.todo.web;

import com.atlassian.oai.validator.model.Body;
import com.atlassian.oai.validator.model.Request;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** A request as the validator wants to see it, without a copy. */
record ContractRequest(ServerHttpRequest request, @Nullable JsonBody body) implements Request {
    @Override
    public String getPath() {
        return request.getPath().value();
    }

    @Override
    public Method getMethod() {
        return Method.valueOf(request.getMethod().name());
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public Optional<String> getBody() {
        return Optional.empty();
    }

    @Override
    public Optional<Body> getRequestBody() {
        return Optional.ofNullable(body);
    }

    @Override
    public Collection<String> getQueryParameters() {
        return request.getQueryParams().keySet();
    }

    @Override
    public Collection<String> getQueryParameterValues(String name) {
        List<@Nullable String> values = request.getQueryParams().get(name);
        return values == null
                ? List.of()
                : values.stream().map(value -> value == null ? "" : value).toList();
    }

    @Override
    public Map<String, Collection<String>> getHeaders() {
        throw new IllegalStateException("Headers are asked for by name.");
    }

    /**
     * A header given in several lines is one list (RFC 9110, 5.3). Accept and Content-Type we have judged ourselves, and
     * where there is no body, no type is looked at.
     */
    @Override
    public Collection<String> getHeaderValues(String name) {
        boolean judged = name.equalsIgnoreCase(HttpHeaders.ACCEPT)
                || (body == null && name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE));
        if (judged) {
            return List.of();
        }
        List<String> lines = request.getHeaders().getOrEmpty(name);
        return lines.size() > 1 ? List.of(String.join(", ", lines)) : lines;
    }
}
