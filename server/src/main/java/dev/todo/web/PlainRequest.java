package dev.todo.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The quick judge of the requests to one operation. It knows only good ones, which {@link ContractValidator} would let
 * pass as well; whatever it does not call good, the validator judges.
 */
final class PlainRequest {
    private static final JsonFactory JSON = new JsonFactory();
    private static final char REPLACEMENT = '\uFFFD';

    private final List<PlainParameter> ofPath;
    private final List<PlainParameter> ofHeaders;
    private final Map<String, PlainParameter> ofQuery;
    private final boolean needsQuery;
    private final boolean isCertain;
    private final Set<String> contentTypes;
    private final PlainJson body;

    PlainRequest(Operation operation, PlainSchemas schemas) {
        List<PlainParameter> parameters = parameters(operation).stream()
                .map(parameter -> PlainParameter.of(parameter, schemas))
                .toList();
        this.ofPath = in("path", parameters);
        this.ofHeaders = in("header", parameters);
        this.ofQuery = new HashMap<>();
        in("query", parameters).forEach(parameter -> ofQuery.put(parameter.name(), parameter));
        this.needsQuery = ofQuery.values().stream().anyMatch(PlainParameter::required);
        this.isCertain = ofPath.size() + ofHeaders.size() + ofQuery.size() == parameters.size();
        Content content = operation.getRequestBody() == null
                ? new Content()
                : operation.getRequestBody().getContent();
        this.contentTypes = Set.copyOf(content.keySet());
        this.body = content.isEmpty()
                ? PlainJson.UNCERTAIN
                : schemas.judge(content.values().iterator().next().getSchema());
    }

    private static List<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    private static List<PlainParameter> in(String place, List<PlainParameter> parameters) {
        return parameters.stream()
                .filter(parameter -> parameter.in().equals(place))
                .toList();
    }

    /** Without bytes, the request has no body. */
    boolean isGood(ServerHttpRequest request, Map<String, String> variables, byte @Nullable [] bytes) {
        return isCertain
                && areGood(variables)
                && areGood(request.getHeaders())
                && isGoodQuery(request)
                && (bytes == null || (isGoodType(request.getHeaders()) && isGood(bytes)));
    }

    private boolean isGoodType(HttpHeaders headers) {
        List<String> types = headers.getOrEmpty(HttpHeaders.CONTENT_TYPE);
        return types.size() == 1 && contentTypes.contains(types.get(0));
    }

    private boolean areGood(Map<String, String> variables) {
        for (PlainParameter parameter : ofPath) {
            String value = variables.get(parameter.name());
            if (value == null || !isUnreserved(value) || !parameter.holds(value)) {
                return false;
            }
        }
        return true;
    }

    /** What is percent-encoded in no path, so that nobody decodes it in another way. */
    private static boolean isUnreserved(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean unreserved = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0;
            if (!unreserved) {
                return false;
            }
        }
        return true;
    }

    private boolean areGood(HttpHeaders headers) {
        for (PlainParameter parameter : ofHeaders) {
            List<String> lines = headers.getOrEmpty(parameter.name());
            if (lines.isEmpty() ? parameter.required() : !parameter.holds(lines)) {
                return false;
            }
        }
        return true;
    }

    private boolean isGoodQuery(ServerHttpRequest request) {
        String query = request.getURI().getRawQuery();
        if (query == null) {
            return !needsQuery;
        }
        if (needsQuery || ofQuery.isEmpty() || query.startsWith("=") || query.contains("&=")) {
            return false;
        }
        for (Map.Entry<String, List<String>> given : request.getQueryParams().entrySet()) {
            PlainParameter parameter = ofQuery.get(given.getKey());
            if (parameter == null || !parameter.holds(given.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean isGood(byte[] bytes) {
        if (body == PlainJson.UNCERTAIN) {
            return false;
        }
        // From a text, so that the parser guesses no encoding; what is no UTF-8 has become U+FFFD.
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            return parser.nextToken() != null && body.holds(parser) && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
